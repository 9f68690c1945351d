import type { AuditEvent } from '#audit/event.ts'
import { normaliseCode } from '#authenticators/code-input.ts'
import { resynchronise } from '#authenticators/hotp.ts'
import type { HardwareToken } from '#domain/hardware-token.ts'
import { type AuthenticatorId, newId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { HardwareList, HardwareProblem } from '#moving/hardware-list.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { type Act, userParty } from './act.ts'
import { noticeTo } from './new-code.ts'
import { inRounds } from './rounds.ts'

export type ImportHardwareOutcome =
  /** `importable`: it would be, but was to be looked at only. */
  | { readonly kind: 'imported' | 'importable'; readonly tokens: number }
  | { readonly kind: 'refused'; readonly problems: readonly HardwareProblem[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface ImportHardware extends Act {
  readonly site: string
  readonly list: HardwareList
  readonly dryRun?: boolean
}

/** Takes a list of hardware tokens in, all of them or none. They lie in the drawer until they are handed out. */
export async function importHardware(ports: Ports, order: ImportHardware): Promise<ImportHardwareOutcome> {
  const outcome = await inRounds(() => take(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function take(ports: Ports, order: ImportHardware): Promise<ImportHardwareOutcome | 'conflict'> {
  const { tokens, problems } = order.list
  if (problems.length > 0) return { kind: 'refused', problems }
  if (tokens.length === 0) return { kind: 'refused', problems: [{ line: 1, problem: 'there is no token in it' }] }
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const known = new Set((await ports.store.hardwareTokens(file.site.id)).map(({ token }) => token.serial))
  const twice = tokens.filter(({ serial }) => known.has(serial))
  if (twice.length > 0)
    return { kind: 'refused', problems: twice.map(({ serial }) => ({ line: 0, problem: `${serial} is here already` })) }
  if (order.dryRun) return { kind: 'importable', tokens: tokens.length }
  const at = ports.clock.now()
  const changes = tokens.map(({ secret, ...row }): Change => {
    const id = newId('aut', ports.random.bytes(16))
    const label = `Hardware token ${row.serial}`
    const sealedSecret = ports.vault.seal(secret, id)
    const token: HardwareToken = {
      ...row,
      kind: 'hardware',
      id,
      site: file.site.id,
      user: null,
      label,
      sealedSecret,
      importedAt: at,
      lastUsedAt: null,
      version: 1,
    }
    return { kind: 'add-hardware', token }
  })
  const events: NonEmpty<AuditEvent> = [
    { ev: 'hardware.imported', actor: order.actor, subject: null, application: null, data: { tokens: tokens.length } },
  ]
  const committed = await ports.store.commit({ site: file.site.id, at, origin: order.origin, changes, events })
  return committed === 'conflict' ? 'conflict' : { kind: 'imported', tokens: tokens.length }
}

export type HardwareOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'unknown-token' | 'unknown-user' | 'unknown-site' }
  /** It is somebody's, and has to be given back first. */
  | { readonly kind: 'assigned' }
  /** The two codes are not two in a row of this token. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' }

interface HardwareOrder extends Act {
  readonly site: string
  readonly token: AuthenticatorId
}

/** Hands a token out of the drawer to a user, who is told by mail. */
export async function assignHardware(
  ports: Ports,
  order: HardwareOrder & { readonly username: string },
): Promise<HardwareOutcome> {
  return overToken(ports, order, async (token, file, at) => {
    if (token.user !== null) return 'assigned'
    const person = await ports.store.personFile(file.site.id, order.username, at)
    if (!person) return 'unknown-user'
    const { user } = person
    return {
      changes: [
        { kind: 'move-hardware', token: { ...token, user: user.id, version: token.version + 1 }, from: token.version },
        {
          kind: 'change-user',
          user: { ...user, hadAuthenticator: true, version: user.version + 1 },
          from: user.version,
        },
        ...noticeTo(ports, person, 'authenticator_added', at),
      ],
      ...told('hardware.assigned', user),
    }
  })
}

/** Throws a token away, whoever has it: its secret is gone, and it opens nothing any more. */
export async function removeHardware(ports: Ports, order: HardwareOrder): Promise<HardwareOutcome> {
  return overToken(ports, order, async (token) => ({
    changes: [{ kind: 'remove-hardware', token: token.id }],
    ...told('hardware.removed', null),
  }))
}

/** Finds a token whose button was pressed too often by two codes in a row (RFC 4226 7.4). It proves nothing and opens nothing. */
export async function resynchroniseHardware(
  ports: Ports,
  order: HardwareOrder & { readonly first: string; readonly second: string },
): Promise<HardwareOutcome> {
  return overToken(ports, order, async (token) => {
    const { parameters, last, moves } = token
    const codes = [order.first, order.second].map((code) => normaliseCode(code, parameters.digits))
    const [first, second] = codes
    if (moves !== 'counter' || first === undefined || second === undefined) return 'not-found'
    const next = resynchronise(ports.vault.open(token.sealedSecret, token.id), last + 1, first, second, parameters)
    if (next === undefined) return 'not-found'
    return {
      changes: [
        {
          kind: 'move-hardware',
          token: { ...token, last: next - 1, version: token.version + 1 },
          from: token.version,
        },
      ],
      ...told('hardware.resynchronised', null),
    }
  })
}

interface Told {
  readonly ev: AuditEvent['ev']
  readonly user: User | null
}

function told(ev: AuditEvent['ev'], user: User | null): Told {
  return { ev, user }
}

async function overToken(
  ports: Ports,
  order: HardwareOrder,
  decide: (
    token: HardwareToken,
    file: SiteFile,
    at: Instant,
  ) => Promise<({ readonly changes: readonly Change[] } & Told) | 'assigned' | 'unknown-user' | 'not-found'>,
): Promise<HardwareOutcome> {
  const outcome = await inRounds<HardwareOutcome>(async () => {
    const at = ports.clock.now()
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const token = await ports.store.hardwareToken(file.site.id, order.token)
    if (!token) return { kind: 'unknown-token' }
    const decided = await decide(token, file, at)
    if (typeof decided === 'string') return { kind: decided }
    const { changes, ev, user } = decided
    const data = { authenticator: token.id, serial: token.serial }
    const events = [{ ev, actor: order.actor, subject: user && userParty(user), application: null, data }] as const
    const committed = await ports.store.commit({ site: file.site.id, at, origin: order.origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { kind: 'done' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
