import { SCOPES } from '#domain/api-key.ts'
import type { Site } from '#domain/site.ts'
import { Secret } from '#domain/secret.ts'
import type { UserKind } from '#domain/user.ts'
import type { PresetName } from '#policy/presets.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from '#usecases/act.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { changeSettings } from '#usecases/settings.ts'
import { createSite } from '#usecases/sites.ts'
import type { UserFields } from '#usecases/user-input.ts'
import { createUser } from '#usecases/users.ts'

export interface DemoUser {
  readonly username: string
  readonly password: string
  readonly email: string | null
  readonly phone: string | null
  readonly kind: UserKind
  readonly roles: readonly string[]
}

export const DEMO_SITE = 'acme'

/** Who can sign in at the demo. Their passwords are no secret: the demo listens on loopback and holds nothing real. */
export const DEMO_USERS: readonly (DemoUser & { readonly displayName: string })[] = [
  demoUser('root', 'Robin Root', 1, 'system', ['Administrator']),
  demoUser('sam', 'Sam Accounts', 2, 'system', ['Accounts Manager']),
  demoUser('kim', 'Kim', 3, 'system', []),
  demoUser('op', 'Operator', 4, 'system', []),
  demoUser('web', 'Web Customer', 5, 'website', []),
  { ...demoUser('svc', 'Service Account', 6, 'service', []), email: null, phone: null },
]

/** Switches on the users that a site with user flags starts with, so that there is something to see. */
const FLAGS: Partial<Record<string, UserFields>> = { kim: { twoFactorSms: true }, root: { twoFactorEmail: true } }

export interface DemoKeys {
  readonly site: Site
  /** An API key that may do everything an administrator may. */
  readonly admin: string
  /** The API key of the service account. */
  readonly service: string
}

/** The site that the demo shows: users of every kind, two keys, and two-factor authentication switched on under a preset. */
export async function buildDemoSite(ports: Ports, preset: PresetName): Promise<DemoKeys> {
  const act: Act = {
    actor: { type: 'operator', id: 'demo', name: 'demo' },
    origin: { request: 'demo', address: null, userAgent: null },
  }
  const made = await createSite(ports, { ...act, name: DEMO_SITE, title: 'Acme', preset })
  if (made.kind !== 'created') throw new Error(`the demo's site cannot be made: ${made.kind}`)
  for (const { username, password, displayName, email, phone, kind, roles } of DEMO_USERS) {
    const fields = { displayName, email, phone, kind, roles, ...(preset === 'scheduling' ? FLAGS[username] : {}) }
    const user = await createUser(ports, { ...act, site: DEMO_SITE, username, password: new Secret(password), fields })
    if (user.kind !== 'saved') throw new Error(`the demo's user ${username} cannot be made: ${JSON.stringify(user)}`)
  }
  const admin = await createApiKey(ports, {
    ...act,
    site: DEMO_SITE,
    name: 'demo administrator',
    scopes: SCOPES,
    expiresAt: null,
  })
  const service = await createApiKey(ports, {
    ...act,
    site: DEMO_SITE,
    name: 'demo service',
    username: 'svc',
    scopes: ['session'],
    expiresAt: null,
  })
  if (admin.kind !== 'created' || service.kind !== 'created') throw new Error("the demo's API keys cannot be made")
  const contact = {
    name: 'Robin Root',
    phone: '+4915550100001',
    email: 'root@acme.test',
    text: 'At the gate house, 6:00 to 18:00',
  }
  const patch = { 'two_factor.enabled': true, 'contact.persons': [contact] }
  await changeSettings(ports, { ...act, site: DEMO_SITE, patch })
  return { site: made.site, admin: admin.text, service: service.text }
}

function demoUser(username: string, displayName: string, number: number, kind: UserKind, roles: readonly string[]) {
  const email = `${username}@acme.test`
  const phone = `+491555010000${number}`
  return { username, displayName, password: `${username}-demo-password`, email, phone, kind, roles }
}
