import type { EventName } from '#audit/event.ts'
import type { Notice } from '#domain/delivery.ts'
import type { UserId } from '#domain/id.ts'
import type { IssuedCode, IssuedCodeKind } from '#domain/issued-code.ts'
import { Secret } from '#domain/secret.ts'
import { type Duration, type Instant, rfc3339 } from '#domain/time.ts'
import { isAdministrator, type User } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import type { Random } from '#ports/system.ts'
import type { Act } from './act.ts'
import { noticeTo } from './new-code.ts'
import { overUser, type UserOutcome } from './over-user.ts'
import type { CodeVerdict } from './verify-code.ts'

/** As many as no other code has; 10^15 are close to 50 bits. Digits, so that they can be read out and typed where codes are typed. */
export const ISSUED_CODE_DIGITS = 15

export interface Issue {
  readonly kind: IssuedCodeKind
  readonly life: Duration
  readonly ev: EventName
  readonly notice: Notice
  readonly reason?: string | undefined
}

export type IssueCodeOutcome =
  /** The code is shown this once and stored nowhere. `lockedUntil`: the second step takes no code before that moment. */
  | {
      readonly kind: 'issued'
      readonly code: Secret
      readonly expiresAt: Instant
      readonly lockedUntil: Instant
      readonly user: User
    }
  | Exclude<UserOutcome, { kind: 'saved' }>

/** Makes a code for one user that stands in for the second factor, once; one that was made before is worth nothing any more. */
export async function issueCode(
  ports: Ports,
  order: Act & { readonly site: string; readonly username: string },
  issue: Issue,
): Promise<IssueCodeOutcome> {
  const code = newIssuedCode(ports.random)
  let [expiresAt, lockedUntil] = [0, 0]
  const outcome = await overUser(ports, order, async (file, at) => {
    const { user, counters } = file
    if (user.status !== 'active')
      return { kind: 'invalid', problems: [{ field: 'username', problem: 'is disabled and cannot sign in' }] }
    expiresAt = at + issue.life
    lockedUntil = counters.disabled ? Number.POSITIVE_INFINITY : counters.lockedUntil
    const issued: IssuedCode = {
      site: user.site,
      user: user.id,
      kind: issue.kind,
      digest: digestOf(ports, user.id, code.reveal()),
      createdAt: at,
      expiresAt,
    }
    const why = issue.reason === undefined ? {} : { reason: issue.reason }
    const subject = { type: 'user', id: user.id, name: user.username } as const
    const data = { until: rfc3339(expiresAt), ...why }
    return {
      changes: [{ kind: 'issue-code', code: issued }, ...noticeTo(ports, file, issue.notice, at)],
      events: [{ ev: issue.ev, actor: order.actor, subject, application: null, data }],
      user,
    }
  })
  return outcome.kind === 'saved' ? { kind: 'issued', code, expiresAt, lockedUntil, user: outcome.user } : outcome
}

/**
 * Holds what was typed against the code that this user was given; null: it is not that code. The helpdesk's lets nobody in who has
 * become an administrator, and proves nothing inside a session or beside a mailbox: whoever was talked into it shall not change the factors with it.
 */
export function verifyIssuedCode(
  ports: Pick<Ports, 'vault'>,
  file: ChallengeFile,
  code: string,
  now: Instant,
): Extract<CodeVerdict, { kind: 'right' }> | null {
  const { issuedCode: given, user, challenge } = file
  const digest = digestOf(ports, user.id, code)
  if (given === null || digest !== given.digest || now >= given.expiresAt) return null
  const ofHelpdesk = given.kind === 'helpdesk'
  if (ofHelpdesk && (isAdministrator(user) || ['step_up', 'password_reset'].includes(challenge.purpose))) return null
  const spends: Change = { kind: 'spend-issued-code', user: user.id, digest }
  const by = ofHelpdesk ? 'helpdesk' : 'operator'
  return { kind: 'right', evidence: { kind: 'break_glass', by, at: now }, spends: [spends] }
}

function digestOf({ vault }: Pick<Ports, 'vault'>, user: UserId, code: string): string {
  return vault.digest(`code given to ${user}: ${code}`)
}

/** The digest of a code that binds the end of a recovery to one user. It is worth nothing as any other code. */
export function bindingDigest({ vault }: Pick<Ports, 'vault'>, user: UserId, code: Secret): string {
  return vault.digest(`code that binds ${user}: ${code.reveal()}`)
}

/** Evenly spread: numbers that would make the small ones more likely are drawn again. */
export function newIssuedCode(random: Random): Secret {
  const codes = 10n ** BigInt(ISSUED_CODE_DIGITS)
  const fair = (2n ** 64n / codes) * codes
  for (;;) {
    const drawn = Buffer.from(random.bytes(8)).readBigUInt64BE()
    if (drawn < fair) return new Secret(String(drawn % codes).padStart(ISSUED_CODE_DIGITS, '0'))
  }
}
