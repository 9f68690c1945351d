import assert from 'node:assert/strict'
import { Secret } from '#domain/secret.ts'
import type { Ports } from '#ports/ports.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { keepRecoveryCodes, makeRecoveryCodes } from '#usecases/recovery-codes.ts'
import { endSession } from '#usecases/sessions.ts'
import { signIn } from '#usecases/sign-in.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { signInWithCode } from '../steps.ts'
import { HOME, type World } from '../world.ts'

/** What the clients of a simulation saw. */
export interface Seen {
  /** Every token and code that there was. */
  readonly secrets: string[]
  /** How often each was told that a code is wrong. */
  readonly toldWrong: Map<string, number>
  /** How often each sign-in was told to have ended well. */
  readonly opened: Map<string, number>
  /** Who typed which right code into which sign-in, by the digest of its token; only codes that are worth something in more than one. */
  readonly typed: Map<string, string>
}

/** What people have in their hands. */
export interface Held {
  /** Of the app of `op`. */
  readonly appSecret: string
  /** On the paper of `sam`. */
  readonly recoveryCodes: readonly string[]
}

export interface Simulation {
  readonly at: World
  readonly nodes: readonly Ports[]
  readonly held: Held
  readonly seen: Seen
  /** Numbers from 0 to 1. */
  readonly chance: () => number
}

export function nothingSeen(): Seen {
  return { secrets: [], toldWrong: new Map(), opened: new Map(), typed: new Map() }
}

/** Before anything goes wrong: `op` gets an app, `sam` codes on paper; `kim` has a mailbox, as everybody does. */
export async function handOut(at: World): Promise<Held> {
  await at.set({ 'methods.allowed': ['app'], 'enrolment.channel': 'screen' })
  const appSecret = await withApp(at, 'op')
  await at.set({ 'methods.allowed': ['app', 'recovery', 'email'] })
  const { token } = await signInWithCode(at, 'sam')
  const order = { site: at.site.id, sessionToken: token, origin: HOME }
  const made = await makeRecoveryCodes(at.ports, order)
  assert.ok(made.kind === 'made', made.kind)
  assert.equal((await keepRecoveryCodes(at.ports, { ...order, madeAt: made.madeAt })).kind, 'kept')
  return { appSecret, recoveryCodes: made.codes.map((code) => code.reveal()) }
}

/** The password at one node, one or two codes at once at any, and sometimes the way out. Throws `StoreUnavailable` at a fault. */
export async function tryOnce({ at, nodes, held, seen, chance }: Simulation, username: string): Promise<void> {
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T
  const site = at.site.id
  const password = new Secret('any')
  const start = await signIn(one(nodes), { site, username, password, surface: 'form', origin: HOME })
  if (start.kind !== 'pending') return
  const pendingToken = start.pending.token
  seen.secrets.push(pendingToken)
  const right = rightCode()
  const wrong = right === '271828' ? '314159' : '271828'
  const codes = chance() < 0.3 ? [wrong] : chance() < 0.5 ? [right, right] : [wrong, right]
  const answers = await Promise.allSettled(
    codes.map((code) => answerChallenge(one(nodes), { site, pendingToken, code, remember: false, origin: HOME })),
  )
  for (const answer of answers) {
    if (answer.status === 'rejected') throw answer.reason
    if (answer.value.kind === 'refused') count(seen.toldWrong, username)
    if (answer.value.kind !== 'signed-in') continue
    seen.secrets.push(answer.value.token)
    count(seen.opened, pendingToken)
    if (chance() < 0.4) await leave(answer.value.token)
  }

  function rightCode(): string {
    const mailed = at.messages('email').find(({ to }) => to.startsWith(`${username}@`))?.text ?? ''
    if (username !== 'op' && (username !== 'sam' || chance() < 0.5)) return /\b\d{6}\b/.exec(mailed)?.[0] ?? '271828'
    // Few codes of paper are tried, so that two browsers come to the same one.
    const code = username === 'op' ? appCode(at, held.appSecret) : one(held.recoveryCodes.slice(0, 2))
    seen.typed.set(at.ports.vault.digest(pendingToken), `${code} of ${username}`)
    if (username === 'sam') seen.secrets.push(code)
    return code
  }

  /** What was told to be over is over at every node. */
  async function leave(sessionToken: string): Promise<void> {
    const ask = { site, sessionToken, application: null, address: null }
    const access = await checkAccess(one(nodes), ask)
    assert.ok(access.kind === 'granted', `I4: a session that was told is ${JSON.stringify(access)}`)
    if ((await endSession(one(nodes), access.session, access.file.user, HOME)) === 'busy') return
    for (const node of nodes) assert.equal((await checkAccess(node, ask)).kind, 'refused', 'I4: signed out')
  }
}

function count(times: Map<string, number>, of: string): void {
  times.set(of, (times.get(of) ?? 0) + 1)
}
