import type { AuditEvent } from '#audit/event.ts'
import { type IdentityProvider, isIdentityProviderName, type SamlConfig } from '#domain/identity-provider.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'
import { identityProviderProblems } from './identity-provider-problems.ts'
import type { FieldProblem } from './user-input.ts'

export interface CreateIdentityProvider extends Act {
  readonly site: string
  readonly name: string
  readonly config: SamlConfig
  /** Left out: the title is the name, it is enabled, and what it spares is what the site has as its default. */
  readonly fields: Partial<Pick<IdentityProvider, 'title' | 'enabled' | 'secondFactor'>>
}

export type CreateIdentityProviderOutcome =
  | { readonly kind: 'saved'; readonly provider: IdentityProvider }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Somebody outside whose word for a person counts here from now on. */
export async function createIdentityProvider(
  ports: Ports,
  order: CreateIdentityProvider,
): Promise<CreateIdentityProviderOutcome> {
  const outcome = await inRounds(() => create(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function create(
  ports: Ports,
  order: CreateIdentityProvider,
): Promise<CreateIdentityProviderOutcome | 'conflict'> {
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const provider: IdentityProvider = {
    site: file.site.id,
    name: order.name,
    title: order.name,
    kind: 'saml',
    enabled: true,
    secondFactor: file.settings['identity_provider.default_second_factor'],
    config: order.config,
    version: 1,
    ...order.fields,
  }
  const name = { field: 'name', problem: 'is 1 to 40 lower-case letters, digits and hyphens, the first no hyphen' }
  const problems = [...(isIdentityProviderName(order.name) ? [] : [name]), ...identityProviderProblems(provider)]
  if (problems.length > 0) return { kind: 'invalid', problems }
  const known = await ports.store.identityProviders(file.site.id)
  if (known.some(({ name: each }) => each === order.name)) return { kind: 'name-taken' }
  const event: AuditEvent = {
    ev: 'identity_provider.created',
    actor: order.actor,
    subject: { type: 'identity_provider', id: provider.name, name: provider.name },
    application: null,
    data: {
      kind: provider.kind,
      enabled: provider.enabled,
      second_factor: provider.secondFactor,
      entity_id: provider.config.entityId,
    },
  }
  const committed = await ports.store.commit({
    site: file.site.id,
    at: ports.clock.now(),
    origin: order.origin,
    changes: [{ kind: 'add-identity-provider', provider }],
    events: [event],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'saved', provider }
}
