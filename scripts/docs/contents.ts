/** The order in which the site is read. A page of docs/ that is not here stands under "More", so that none is lost. */
export const CONTENTS: Readonly<Record<string, readonly string[]>> = {
  Begin: ['README.md', 'docs/administration.md', 'docs/upgrading.md'],
  'Help somebody': ['docs/lost-phone.md', 'docs/why-asked.md'],
  'Run it': ['docs/console.md', 'docs/stores.md', 'docs/delivery.md', 'docs/audit.md'],
  Connect: [
    'docs/forward-auth.md',
    'docs/openid.md',
    'docs/saml.md',
    'docs/second-factor-api.md',
    'client/README.md',
    'docs/frappe.md',
  ],
  Move: ['docs/moving-in.md', 'docs/presets.md'],
  Reference: [
    'docs/settings.md',
    'docs/configuration.md',
    'docs/cli.md',
    'reference/api.md',
    'reference/errors.md',
    'reference/events.md',
    'reference/figures.md',
    'docs/glossary.md',
  ],
  'Judge it': ['docs/promises.md', 'docs/ways-in.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
}
