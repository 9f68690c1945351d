import assert from 'node:assert/strict'
import { DEMO_SITE } from '#cli/demo-site.ts'
import type { DecisionView } from '#domain/decision.ts'
import { Secret } from '#domain/secret.ts'
import { days } from '#domain/time.ts'
import { ADMINISTRATOR, type User } from '#domain/user.ts'
import type { SettingsPatch } from '#policy/settings.ts'
import type { Change } from '#ports/changes.ts'
import { explainUser } from '#usecases/explain.ts'
import { signIn } from '#usecases/sign-in.ts'
import { ELSEWHERE } from './facts.ts'
import type { Case } from './oracle.ts'
import { fileOf } from './people.ts'
import { ADMIN, type World } from './world.ts'

// The cases of the oracle in a real database: each with a user of its own, who then signs in.

const DECIDED = ['session.created', 'auth.challenge.issued', 'factor.enrol.started', 'auth.denied']
const ROLE = 'Accounts Manager'

export interface Told {
  /** What explain said before the sign-in. */
  readonly explained: DecisionView
  /** What the audit log says of it afterwards. */
  readonly recorded: DecisionView
  /** In the words of the oracle: `enrol by enrol on screen`. */
  readonly said: string
}

/** Plays one case after the other at one site. */
export async function casePlayer(at: World): Promise<(each: Case) => Promise<Told>> {
  const { store, passwords, vault } = at.ports
  const password = new Secret('the same for all of them')
  const passwordHash = await passwords.hash(password)
  const template = await fileOf(at, 'kim')
  const configured = (channel: 'email' | 'sms') => ({
    kind: 'config' as const,
    sealed: vault.seal(Buffer.from('{"kind":"captured"}'), `channel:${at.site.id}:${channel}`),
  })
  let furnished = ''
  let played = 0

  async function furnish(c: Case): Promise<void> {
    const values = settingsOf(c)
    const role = {
      twoFactorAuth: c.roleFlag,
      bypassAllowed: !c.roleForbidsBypass,
      failOpenAllowed: !c.roleForbidsOpenDoor,
    }
    const wanted = JSON.stringify([values, role, c.emailUnconfigured, c.smsUnconfigured])
    if (wanted === furnished) return
    furnished = wanted
    const file = await store.siteFile(DEMO_SITE)
    const before = file?.roles.find(({ name }) => name === ROLE)
    assert.ok(file && before)
    const site = at.site.id
    const off = { kind: 'off' } as const
    await write([
      { kind: 'set-settings', site, from: file.site.settingsVersion, values, by: 'test', at: at.clock.now() },
      { kind: 'change-role', role: { ...before, ...role, version: before.version + 1 }, from: before.version },
      { kind: 'set-channel', site, channel: 'email', config: c.emailUnconfigured ? off : configured('email') },
      { kind: 'set-channel', site, channel: 'sms', config: c.smsUnconfigured ? off : configured('sms') },
    ])
  }

  async function write(changes: readonly Change[]): Promise<void> {
    const event = { ev: 'user.created', actor: ADMIN.actor, subject: null, application: null, data: {} } as const
    const order = { site: at.site.id, at: at.clock.now(), origin: ADMIN.origin }
    assert.equal(await store.commit({ ...order, changes, events: [event] }), 'committed')
  }

  return async (c) => {
    await furnish(c)
    played += 1
    const user = userOf(c, template.user, played, at.clock.now())
    const counters = { ...template.counters, user: user.id, version: 1 }
    const app = { id: `aut_case-${played}`, label: '', sealedSecret: '', lastStep: 0, lastUsedAt: null } as const
    const parameters = { digits: 6, algorithm: 'SHA1', period: 30 } as const
    const owned = { kind: 'app', site: at.site.id, user: user.id, createdAt: 0, parameters } as const
    await write([
      { kind: 'add-user', user, passwordHash, counters },
      { kind: 'set-user-application', user: user.id, application: 'web', twoFactor: c.userApplicationFlag },
      ...(c.holdsApp ? [{ kind: 'add-authenticator', authenticator: { ...owned, ...app } } as const] : []),
    ])
    const address = c.trustedAddress ? '10.1.2.3' : ELSEWHERE
    const asked = await explainUser(at.ports, { site: DEMO_SITE, username: user.username, address })
    assert.ok(asked.kind === 'explained')
    const surface = user.kind === 'service' ? 'api' : 'form'
    const origin = { request: 'req', address, userAgent: null }
    await signIn(at.ports, { site: at.site.id, username: user.username, password, surface, origin })
    const rows = await store.audit(at.site.id, { subject: user.id, limit: 9 })
    const row = rows.find(({ ev }) => DECIDED.includes(ev))
    assert.ok(row, `nothing was decided for ${JSON.stringify(c)}`)
    const recorded = decisionIn(row.data)
    const { outcome, rule } = recorded
    const channel = row.data['channel']
    const where = outcome === 'enrol' && typeof channel === 'string' ? ` on ${channel}` : ''
    return { explained: asked.decision, recorded, said: `${outcome} by ${rule}${where}` }
  }
}

function settingsOf(c: Case): SettingsPatch {
  return {
    'two_factor.enabled': c.siteOn,
    'two_factor.require_all': c.requireAll,
    'two_factor.include_website_users': c.websiteIncluded,
    'methods.allowed': [
      ...(c.appAllowed ? (['app'] as const) : []),
      ...(c.emailAllowed ? (['email'] as const) : []),
      ...(c.smsAllowed ? (['sms'] as const) : []),
    ],
    'methods.choice': 'user_choice',
    'api.password_login': c.apiPassword,
    'network.trusted': ['10.0.0.0/8'],
    'network.effect': c.trustLengthens ? 'longer_interval' : 'skip',
    'delivery.when_unconfigured': c.whenUnconfigured,
    'enrolment.channel': c.enrolment,
    'enrolment.grace_days': c.grace === 'none' ? 0 : 7,
  }
}

function userOf(c: Case, template: User, number: number, now: number): User {
  const end = now + days(c.bypass === 'active' ? 1 : -1)
  const bypass = { reason: 'other', note: '', setBy: 'root', setAt: now - days(9), expiresAt: end } as const
  const person = c.website ? 'website' : 'system'
  return {
    ...template,
    id: `usr_case-${number}`,
    username: `case-${number}`,
    email: c.emailOnFile ? `case-${number}@acme.test` : null,
    phone: c.phoneOnFile ? '+4915550100099' : null,
    kind: c.via === 'api_password' ? 'service' : person,
    roles: [ROLE, ...(c.administrator ? [ADMINISTRATOR] : [])],
    twoFactor: { app: false, email: c.userFlag, sms: false },
    bypass: c.bypass === 'none' ? null : bypass,
    hadAuthenticator: c.hadOne || c.holdsApp,
    requiredSince: now - days(c.grace === 'used_up' ? 8 : 1),
    version: 1,
  }
}

/** The decision among what an audit row says. */
function decisionIn(data: Readonly<Record<string, unknown>>): DecisionView {
  const names = ['outcome', 'rule', 'reason', 'setting', 'level', 'until']
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name))) as unknown as DecisionView
}
