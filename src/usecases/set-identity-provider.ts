import type { AuditEvent } from '#audit/event.ts'
import type { JsonValue } from '#audit/canonical.ts'
import type { IdentityProvider, SamlConfig } from '#domain/identity-provider.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { identityProviderProblems } from './identity-provider-problems.ts'
import { inRounds } from './rounds.ts'
import type { FieldProblem } from './user-input.ts'

export interface SetIdentityProvider extends Act {
  readonly site: string
  readonly name: string
  /** What is left out stays as it is. */
  readonly fields: Partial<Pick<IdentityProvider, 'title' | 'enabled' | 'secondFactor'>>
  readonly config: Partial<SamlConfig>
}

export type SetIdentityProviderOutcome =
  | { readonly kind: 'saved'; readonly provider: IdentityProvider }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'unknown-identity-provider'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Changes an identity provider, field by field. Its certificates are changed as one list. Sessions that it opened go on. */
export async function setIdentityProvider(
  ports: Ports,
  order: SetIdentityProvider,
): Promise<SetIdentityProviderOutcome> {
  const outcome = await inRounds<SetIdentityProviderOutcome>(async () => {
    const site = await ports.store.site(order.site)
    if (!site) return { kind: 'unknown-site' }
    const all = await ports.store.identityProviders(site.id)
    const before = all.find(({ name }) => name === order.name)
    if (!before) return { kind: 'unknown-identity-provider', known: all.map(({ name }) => name) }
    const config = { ...before.config, ...order.config }
    const provider: IdentityProvider = { ...before, ...order.fields, config, version: before.version + 1 }
    const problems = identityProviderProblems(provider)
    if (problems.length > 0) return { kind: 'invalid', problems }
    const event: AuditEvent = {
      ev: 'identity_provider.changed',
      actor: order.actor,
      subject: { type: 'identity_provider', id: provider.name, name: provider.name },
      application: null,
      data: { changes: differences(before, provider) },
    }
    const committed = await ports.store.commit({
      site: site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'change-identity-provider', provider, from: before.version }],
      events: [event],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'saved', provider }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** What is another value now, with the one before; of certificates how many there are: they are long, and told by the API. */
function differences(before: IdentityProvider, after: IdentityProvider): Record<string, JsonValue> {
  const view = ({ title, enabled, secondFactor, config }: IdentityProvider): Record<string, JsonValue> => ({
    title,
    enabled,
    second_factor: secondFactor,
    entity_id: config.entityId,
    sso_url: config.ssoUrl,
    username_attribute: config.usernameAttribute,
    multi_factor_contexts: config.multiFactorContexts,
  })
  const [from, to] = [view(before), view(after)]
  const changed = Object.keys(to).filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]))
  const entries = changed.map((key) => [key, { from: from[key] ?? null, to: to[key] ?? null }] as const)
  const [had, has] = [before.config.certificates, after.config.certificates]
  const same = JSON.stringify(had) === JSON.stringify(has)
  return { ...Object.fromEntries(entries), ...(same ? {} : { certificates: { from: had.length, to: has.length } }) }
}
