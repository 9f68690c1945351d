import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { AnswerOutcome } from '#usecases/answer-challenge.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { type AccessOutcome, checkAccess } from '#usecases/check-access.ts'
import { pendingLogin } from '#usecases/pending-login.ts'
import type { ChallengeView } from '#usecases/pending-view.ts'
import { sendCode, type SendCodeOutcome } from '#usecases/send-code.ts'
import type { Channel } from '#domain/method.ts'
import type { PresetName } from '#policy/presets.ts'
import { HOME, type World, world, type WorldOptions } from './world.ts'

// Steps that many stories take. Each says what it expects, so that a story breaks where it goes wrong.

export interface SignedIn {
  readonly token: string
  readonly deviceToken: string | null
}

/** The demo's site under a preset, closed when the test ends. */
export async function siteFor(t: TestContext, preset: PresetName, options: WorldOptions = {}): Promise<World> {
  const made = await world({ ...options, preset })
  t.after(made.close)
  return made
}

/** The token of the sign-in that waits for a code, or for an enrolment. */
export function waiting(outcome: { readonly kind: string; readonly pending?: { readonly token: string } }): string {
  assert.ok(outcome.kind === 'pending' && outcome.pending, JSON.stringify(outcome))
  return outcome.pending.token
}

/** The token of the session that was opened. */
export function opened(outcome: { readonly kind: string; readonly token?: string }): string {
  assert.ok(outcome.kind === 'signed-in' && outcome.token !== undefined, JSON.stringify(outcome))
  return outcome.token
}

/** Types a code into a waiting sign-in. */
export function type(world: World, pendingToken: string, code: string, remember = false): Promise<AnswerOutcome> {
  return answerChallenge(world.ports, { site: world.site.id, pendingToken, code, remember, origin: HOME })
}

/** Presses "request a new code", or asks for it over a channel. */
export function requestCode(world: World, pendingToken: string, channel?: Channel): Promise<SendCodeOutcome> {
  return sendCode(world.ports, { site: world.site.id, pendingToken, channel, origin: HOME })
}

/** Password, then the code from the newest message; the browser is remembered where that is possible. */
export async function signInWithCode(
  world: World,
  username: string,
  more: { deviceToken?: string } = {},
): Promise<SignedIn> {
  const pendingToken = waiting(await world.password(username, more))
  const outcome = await type(world, pendingToken, world.codeFor(username), true)
  assert.ok(outcome.kind === 'signed-in', JSON.stringify(outcome))
  return { token: outcome.token, deviceToken: outcome.deviceToken }
}

/** What a request with this session token is answered. */
export function visit(world: World, sessionToken: string): Promise<AccessOutcome> {
  return checkAccess(world.ports, { site: world.site.id, sessionToken, application: null, address: HOME.address })
}

/** `granted`, or why the session opens nothing. */
export async function standingOf(world: World, sessionToken: string): Promise<string> {
  const access = await visit(world, sessionToken)
  return access.kind === 'granted' ? 'granted' : access.why
}

/** What the page of a waiting sign-in shows; null when there is none any more. */
export async function page(world: World, pendingToken: string): Promise<ChallengeView | null> {
  const pending = await pendingLogin(world.ports, { site: world.site.id, pendingToken })
  return pending?.view.kind === 'challenge' ? pending.view : null
}

/** A well-formed code that differs from this one. */
export function otherThan(code: string): string {
  return code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
}

/** The rows of the audit log about this event, oldest first. */
export async function rows(world: World, ev: string) {
  return (await world.trail()).filter((row) => row.ev === ev)
}
