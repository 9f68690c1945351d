import assert from 'node:assert/strict'
import type { AuditRow } from '#audit/event.ts'
import { buildDemoSite, DEMO_SITE, DEMO_USERS, type DemoKeys } from '#cli/demo-site.ts'
import { createAuditSink } from '#delivery/audit/sink.ts'
import { createCourier } from '#delivery/courier.ts'
import { type CapturedMessage, createMailbox, type Mailbox } from '#delivery/captured.ts'
import { Secret } from '#domain/secret.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { PresetName } from '#policy/presets.ts'
import type { Ports } from '#ports/ports.ts'
import type { Store } from '#ports/store.ts'
import { openStore } from '../src/store/open.ts'
import { argon2Hasher } from '../src/system/argon2.ts'
import { withMovedHashes } from '../src/system/moved-hashes.ts'
import { openPasswords } from '../src/system/passwords.ts'
import { seededRandom } from '../src/system/random.ts'
import type { Keys } from '../src/system/key-file.ts'
import { lastingSecretsOf, openVault } from '../src/system/vault.ts'
import type { Act } from '#usecases/act.ts'
import { setServerChannel } from '#usecases/channels.ts'
import { dispatchDelivery } from '#usecases/dispatch-delivery.ts'
import { changeSettings } from '#usecases/settings.ts'
import { signIn, type SignInOutcome } from '#usecases/sign-in.ts'
import { unlock } from '../src/unlock.ts'
import { openPasskeys } from '../src/webauthn/passkeys.ts'
import { HandClock } from './hand-clock.ts'

/** Monday, 2 November 2026, nine o'clock. */
export const MONDAY = Date.UTC(2026, 10, 2, 9)

/** The key of every small world, and what its digests are made with. */
export const KEY = Uint8Array.from({ length: 32 }, (_, index) => index)

/** Costs next to nothing, so that a suite of sign-ins takes seconds. */
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }

export const ADMIN: Act = {
  actor: { type: 'operator', id: 'test', name: 'test' },
  origin: { request: 'test', address: null, userAgent: null },
}

/** A browser at home. */
export const HOME = {
  request: 'req-home',
  address: '198.51.100.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0',
}

export interface World {
  readonly ports: Ports
  readonly clock: HandClock
  readonly mailbox: Mailbox
  readonly site: DemoKeys['site']
  readonly keys: DemoKeys
  readonly close: () => Promise<void>
  /** Changes settings, which must be right. */
  set(patch: Record<string, unknown>): Promise<void>
  /** The password step of a demo user. */
  password(
    username: string,
    more?: { application?: string; deviceToken?: string; surface?: 'form' | 'api'; password?: string; link?: string },
  ): Promise<SignInOutcome>
  /** The newest messages first; of one channel, if it is named. */
  messages(channel?: 'email' | 'sms'): readonly CapturedMessage[]
  /** The code in the newest message to this user. */
  codeFor(username: string, channel?: 'email' | 'sms'): string
  /** What the pump would do in this moment: sends everything that is due. */
  pump(): Promise<void>
  /** The audit log of the site, oldest first. */
  trail(): Promise<readonly AuditRow[]>
}

export interface WorldOptions {
  readonly preset?: PresetName
  readonly database?: string
  /** A store that is open already, instead of one that is opened here. */
  readonly store?: Store
  readonly seed?: string
  /** The hour that it is there, where it has to be that of another clock. */
  readonly now?: Instant
  readonly origin?: string
  /** What is in the key file, as a server would take it up; else `KEY`, and nothing is written about it. */
  readonly keys?: Keys
  /** Every other commit is lost to somebody faster, as it may be at any time; `false` for a test that commits by itself or looks at one round. */
  readonly races?: boolean
}

/**
 * The store with every other commit told to be lost to somebody faster, and nothing written: whoever decides has to read and to decide again,
 * and to come to the same. Whatever tells of success after such a commit is found out by the test that looks at what came of it.
 */
function losingRaces(store: Store, begun: () => boolean): Store {
  let lost = false
  let underWay = 0
  const requests = new Set<string>()
  // A request loses its first commit and no other one, and in a burst only who comes first: rounds are for races, and these are no real ones.
  const loses = (request: string): boolean => {
    if (!begun() || underWay > 0) return false
    if (!request.startsWith('req_')) return (lost = !lost)
    const first = !requests.has(request)
    requests.add(request)
    return first
  }
  return {
    ...store,
    async commit(writes) {
      if (loses(writes.origin.request)) return 'conflict'
      underWay += 1
      try {
        return await store.commit(writes)
      } finally {
        underWay -= 1
      }
    },
  }
}

/** A small world: the demo's site in memory, a clock moved by hand, chance from a seed, and every message captured. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const {
    preset = 'manufacturing',
    database = 'sqlite::memory:',
    seed = 'world',
    now = MONDAY,
    origin = 'http://localhost:4180',
  } = options
  const clock = new HandClock(now)
  const random = seededRandom(seed)
  const opened = options.store ?? (await openStore(database, random))
  let furnished = false
  const store = losingRaces(opened, () => furnished && options.races !== false)
  const unlocked = options.keys && (await unlock(store, { keys: options.keys, keyFile: 'the key file', random }))
  if (unlocked?.kind === 'failed') throw new Error(unlocked.message)
  const { vault, pepper } = unlocked ?? { vault: openVault([KEY], random), pepper: lastingSecretsOf(KEY).pepper }
  const passwords = await openPasswords(withMovedHashes(argon2Hasher({ random, pepper, parameters: CHEAP })))
  const mailbox: Mailbox = createMailbox({
    clock,
    wait: () => Promise.resolve(),
    onUnconfigured: async (channel, unconfigured) => {
      await setServerChannel(ports, channel, unconfigured ? null : { kind: 'captured' })
    },
  })
  const ports: Ports = {
    store,
    clock,
    random,
    vault,
    passwords,
    passkeys: openPasskeys(),
    courier: createCourier({ mailbox }),
    auditSink: createAuditSink(),
    patience: (work) => work,
    origin,
  }
  for (const channel of ['email', 'sms'] as const) {
    assert.equal(await setServerChannel(ports, channel, { kind: 'captured' }), null)
  }
  const keys = await buildDemoSite(ports, preset)
  const { site } = keys
  furnished = true
  const messages: World['messages'] = (channel) =>
    mailbox.messages().filter((message) => channel === undefined || message.channel === channel)

  return {
    ports,
    clock,
    mailbox,
    site,
    keys,
    close: () => store.close(),

    async set(patch) {
      const outcome = await changeSettings(ports, { ...ADMIN, site: DEMO_SITE, patch, reason: 'the test wants it' })
      assert.equal(outcome.kind, 'changed', JSON.stringify(outcome))
    },

    password(username, more = {}) {
      const known = DEMO_USERS.find((user) => user.username === username)
      const { password = known?.password ?? 'no such password', surface = 'form', ...rest } = more
      return signIn(ports, { site: site.id, username, password: new Secret(password), surface, origin: HOME, ...rest })
    },

    messages,

    codeFor(username, channel) {
      const user = DEMO_USERS.find((each) => each.username === username)
      const message = messages(channel).find(({ to }) => to === user?.email || to === user?.phone)
      const code = /\b\d{6,8}\b/.exec(message?.text ?? '')?.[0]
      assert.ok(code, `there is no code for ${username}`)
      return code
    },

    async pump() {
      const now = clock.now()
      for (const { id } of await store.dueDeliveries({ now, perSite: 100, limit: 100 }))
        if (await store.claimDelivery(id, { now, until: now + seconds(30) })) await dispatchDelivery(ports, id)
    },

    async trail() {
      return (await store.audit(site.id, { limit: 1000 })).toReversed()
    },
  }
}
