import type { EventName } from '#audit/event.ts'
import type { Secret } from '#domain/secret.ts'
import { HELPDESK, rightsOfRoles } from '#domain/rights.ts'
import { type Instant, minutes } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { resetAuthenticators } from './authenticators.ts'
import { denyAccess } from './deny-access.ts'
import { issueCode } from './issued-code.ts'
import { noticeTo } from './new-code.ts'
import { reachUser } from './reach-user.ts'
import { inRounds } from './rounds.ts'
import { sendAgain, type SendCodeOutcome } from './send-code.ts'
import { sendNow } from './send-now.ts'
import type { UserOutcome } from './over-user.ts'
import { unlockUser } from './users.ts'

/** How long a code from the helpdesk can be used. */
export const HELPDESK_CODE_LIFE = minutes(60)

/** A person who called is helped. Why is written down, and the person is told by mail: a stranger may have called in their name. */
export interface Help extends Act {
  readonly site: string
  readonly username: string
  readonly reason: string
}

export type HelpRefusal =
  /** Nobody above the helpdesk, and nobody themselves. It is on record. */
  { readonly kind: 'not-for-helpdesk' } | Exclude<UserOutcome, { kind: 'saved' }>

export type HelpOutcome = { readonly kind: 'done'; readonly user: User } | HelpRefusal
export type HelpCodeOutcome =
  | { readonly kind: 'issued'; readonly code: Secret; readonly expiresAt: Instant; readonly lockedUntil: Instant }
  | HelpRefusal
export type HelpSendOutcome =
  | Extract<SendCodeOutcome, { kind: 'cooldown' | 'send-limit' | 'code-locked' | 'channel-not-offered' }>
  /** Nobody waits for a code under this name. */
  | { readonly kind: 'nobody-waits' }
  | HelpOutcome

/** Opens the second step again after too many failed codes. */
export async function helpUnlock(ports: Ports, help: Help): Promise<HelpOutcome> {
  const refused = await refuseHelp(ports, help, 'helpdesk.unlock')
  if (refused) return refused
  return done(await unlockUser(ports, { ...help, notice: 'helpdesk_unlocked' }))
}

/** Takes away what a user has lost: the next sign-in sets up a new authenticator, on the user's own screen. */
export async function helpReset(ports: Ports, help: Help): Promise<HelpOutcome> {
  const refused = await refuseHelp(ports, help, 'helpdesk.reset')
  return refused ?? done(await resetAuthenticators(ports, help))
}

/** One code for a user who cannot pass the second factor now, to be told to them: good once, for an hour, after the password. */
export async function helpWithCode(ports: Ports, help: Help): Promise<HelpCodeOutcome> {
  const refused = await refuseHelp(ports, help, 'helpdesk.code')
  if (refused) return refused
  const { reason } = help
  const life = HELPDESK_CODE_LIFE
  const issue = { kind: 'helpdesk', life, ev: 'helpdesk.code.issued', notice: 'helpdesk_code', reason } as const
  return issueCode(ports, help, issue)
}

/** The code once more, to the user's own address or number: nobody at the helpdesk sees it. */
export async function helpResend(ports: Ports, help: Help): Promise<HelpSendOutcome> {
  const refused = await refuseHelp(ports, help, 'helpdesk.resend')
  if (refused) return refused
  const site = await ports.store.site(help.site)
  if (!site) return { kind: 'unknown-site' }
  const outcome = await inRounds<SendCodeOutcome | { kind: 'nobody-waits' | 'unknown-user' }>(async () => {
    const now = ports.clock.now()
    const person = await ports.store.personFile(site.id, help.username, now)
    if (!person) return { kind: 'unknown-user' }
    const file = await ports.store.waitingFile(site.id, person.user.id, now)
    if (!file || file.challenge.userEpoch !== person.user.sessionEpoch) return { kind: 'nobody-waits' }
    const event = { ...about(help, 'helpdesk.resent', person.user), data: { reason: help.reason } }
    const changes = noticeTo(ports, file, 'helpdesk_resent', now)
    return sendAgain(ports, file, { origin: help.origin, events: [event], changes }, now)
  })
  if (outcome === 'busy') return { kind: 'busy' }
  if (outcome.kind === 'gone') return { kind: 'nobody-waits' }
  if (outcome.kind !== 'sent') return outcome
  await sendNow(ports, outcome.delivery)
  const reach = await reachUser(ports, { site: site.id, username: help.username, rights: rightsOfRoles([HELPDESK]) })
  return reach.kind === 'unknown-user' ? reach : { kind: 'done', user: reach.user }
}

/** Why the helpdesk may not do this for this user; null: it may. A refusal is on record before it is told. */
export async function refuseHelp(ports: Ports, help: Help, door: string): Promise<HelpRefusal | null> {
  const problem = wrongReason(help.reason)
  if (problem) return { kind: 'invalid', problems: [{ field: 'reason', problem }] }
  const site = await ports.store.site(help.site)
  if (!site) return { kind: 'unknown-site' }
  const rights = rightsOfRoles([HELPDESK])
  const reach = await reachUser(ports, { site: site.id, username: help.username, rights })
  if (reach.kind === 'unknown-user') return reach
  if (reach.kind === 'within' && !isOwnAct(help, reach.user)) return null
  const { actor, origin } = help
  const denial = { site: site.id, actor, origin, door, right: 'users:help', reason: 'rank' } as const
  const denied = await denyAccess(ports, { ...denial, subject: userParty(reach.user) })
  return { kind: denied === 'busy' ? 'busy' : 'not-for-helpdesk' }
}

function wrongReason(reason: string): string | undefined {
  if (reason.trim() === '') return 'say in a few words what the person called for'
  return reason.length > 200 || /\p{Cc}/u.test(reason) ? 'is one line of at most 200 characters' : undefined
}

function done(outcome: UserOutcome): HelpOutcome {
  return outcome.kind === 'saved' ? { kind: 'done', user: outcome.user } : outcome
}

function about({ actor }: Act, ev: EventName, user: User) {
  return { ev, actor, subject: userParty(user), application: null }
}
