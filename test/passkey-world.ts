import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { addPasskey, type AddPasskeyOutcome } from '#usecases/add-passkey.ts'
import { type AnswerOutcome, answerChallenge } from '#usecases/answer-challenge.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { answerRequest, creationRequest, type PasskeyCreation, signInRequest } from '#usecases/passkey-options.ts'
import { signInWithPasskey, type SignInWithPasskeyOutcome } from '#usecases/sign-in-with-passkey.ts'
import { type Bent, type SoftPasskey, softPasskey } from './soft-passkey.ts'
import { signInWithCode, waiting } from './steps.ts'
import { HOME, type World, world } from './world.ts'

export const RP = { origin: 'http://localhost:4180', id: 'localhost' }

/** A site that takes apps, passkeys, recovery codes, hardware tokens and email, and asks at every sign-in. */
export async function passkeySite(t: TestContext): Promise<World> {
  const made = await world({ preset: 'manufacturing' })
  t.after(made.close)
  await made.set({
    'methods.allowed': ['app', 'passkey', 'recovery', 'hardware', 'email'],
    'challenge.interval_hours': 0,
  })
  return made
}

export const order = (at: World, sessionToken: string) => ({ site: at.site.id, sessionToken, origin: HOME })

export async function creationFor(at: World, sessionToken: string): Promise<PasskeyCreation> {
  const access = await checkAccess(at.ports, { ...order(at, sessionToken), application: null, address: null })
  assert.ok(access.kind === 'granted')
  const options = creationRequest(at.ports, access.file, at.clock.now())
  assert.ok(typeof options !== 'string')
  return options
}

export function register(at: World, sessionToken: string, passkey: object): Promise<AddPasskeyOutcome> {
  return addPasskey(at.ports, { ...order(at, sessionToken), passkey, label: 'my key', endOthers: false })
}

/** Kim, signed in with a code by email, with a passkey of hers for this server. */
export async function kimWithPasskey(
  at: World,
  bent: Bent = {},
): Promise<{ readonly key: SoftPasskey; readonly session: string }> {
  const { token } = await signInWithCode(at, 'kim')
  const { origin } = at.ports
  const key = softPasskey({ origin, id: new URL(origin).hostname })
  const added = await register(at, token, key.create(await creationFor(at, token), bent))
  assert.equal(added.kind, 'added', JSON.stringify(added))
  return { key, session: token }
}

/** A waiting sign-in of Kim's, and what her browser is asked with. */
export async function asked(
  at: World,
): Promise<{ readonly pending: string; readonly options: { readonly challenge: string } }> {
  const pending = waiting(await at.password('kim'))
  const file = await at.ports.store.challengeFile(at.site.id, at.ports.vault.digest(pending), at.clock.now())
  assert.ok(file)
  const options = answerRequest(at.ports, file, at.clock.now())
  assert.ok(typeof options !== 'string')
  return { pending, options }
}

export function answer(at: World, pendingToken: string, passkey: unknown): Promise<AnswerOutcome> {
  return answerChallenge(at.ports, {
    site: at.site.id,
    pendingToken,
    code: undefined,
    passkey,
    remember: false,
    origin: HOME,
  })
}

export function signInOptions(at: World): { readonly challenge: string } {
  const options = signInRequest(at.ports, at.site, at.clock.now())
  assert.ok(typeof options !== 'string')
  return options
}

export function signInBy(at: World, passkey: unknown): Promise<SignInWithPasskeyOutcome> {
  return signInWithPasskey(at.ports, { site: at.site.id, passkey, origin: HOME })
}
