/** A word of the policy that is no setting of the site, but is kept with a role, a user, an application or an identity provider. */
export interface Attribute {
  readonly key: string
  readonly values: string
  readonly default: string
  readonly says: string
}

/** All of them, under the names that decisions give as their reason. */
export const ATTRIBUTES: readonly Attribute[] = [
  {
    key: 'role.two_factor_auth',
    values: '`true`, `false`',
    default: '`false`',
    says: 'Who holds this role must pass a second factor. Of several roles one is enough; a role without it has no opinion.',
  },
  {
    key: 'role.bypass_allowed',
    values: '`true`, `false`',
    default: '`true`',
    says: 'Off: a role that requires the second factor lets no exemption of its holders count.',
  },
  {
    key: 'role.fail_open_allowed',
    values: '`true`, `false`',
    default: '`true`',
    says: 'Off: a role that requires the second factor never lets its holders in because a channel was not set up.',
  },
  {
    key: 'user.two_factor_app',
    values: '`true`, `false`',
    default: '`false`',
    says: 'This user must pass a second factor; with `methods.choice` = `user_flags` an app is one of the methods to do so.',
  },
  {
    key: 'user.two_factor_email',
    values: '`true`, `false`',
    default: '`false`',
    says: 'The same for codes by email.',
  },
  {
    key: 'user.two_factor_sms',
    values: '`true`, `false`',
    default: '`false`',
    says: 'The same for codes by SMS.',
  },
  {
    key: 'user.bypass',
    values: 'reason, note, who set it and when, until when',
    default: 'none; 90 days are proposed',
    says: 'An exemption of this user that an administrator has given and answers for. It weakens the traceability of what is done.',
  },
  {
    key: 'user_application.two_factor',
    values: '`true`, `false`',
    default: 'what the application said when the user was made',
    says: 'This user must pass a second factor for this application.',
  },
  {
    key: 'application.default_for_new_users',
    values: '`true`, `false`',
    default: '`false`',
    says: 'What `user_application.two_factor` is for users made from now on. Nothing changes for those who exist.',
  },
  {
    key: 'identity_provider.second_factor',
    values: '`skip`, `trust_amr`, `require`',
    default: 'what `identity_provider.default_second_factor` says',
    says: 'Whether its sign-ins are never asked, not asked if it says that it has asked itself, or decided like any other.',
  },
]
