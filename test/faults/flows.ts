import assert from 'node:assert/strict'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { RESET_COOLDOWN } from '#domain/password-reset.ts'
import { Secret } from '#domain/secret.ts'
import { minutes } from '#domain/time.ts'
import type { PresetName } from '#policy/presets.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { keepRecoveryCodes, makeRecoveryCodes } from '#usecases/recovery-codes.ts'
import { requestReset } from '#usecases/request-reset.ts'
import { endSession } from '#usecases/sessions.ts'
import { changeSettings } from '#usecases/settings.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { useReset } from '#usecases/use-reset.ts'
import { appCode, look, shown, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { opened, otherThan, page, signInWithCode, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

/** What somebody was told on the way, up to the moment at which something broke. */
export interface Told {
  /** None of them may be found in the database. */
  readonly secrets: string[]
  /** How often kim was told that a code is wrong. */
  wrong: number
  /** What must be so from now on, because it was acknowledged. Each answers whether it is. */
  readonly holds: Map<string, () => Promise<boolean>>
}

/** A way through the server that a call of the store can break anywhere. */
export interface Flow {
  readonly name: string
  readonly preset: PresetName
  /**
   * Brings about what the flow begins with. What it answers goes the way once, and can be called again: after a fault the same person
   * tries again, and whatever was half done must not be in their way.
   */
  prepare(at: World): Promise<(told: Told) => Promise<void>>
}

const ANOTHER_PASSWORD = 'another-long-password'

export const FLOWS: readonly Flow[] = [
  {
    name: 'a sign-in by a sent code, a wrong one first',
    preset: 'manufacturing',
    prepare: async (at) => (told) => byCode(at, told, 'kim-demo-password', () => at.codeFor('kim')),
  },
  {
    name: 'a sign-in by the code of an app, a wrong one first',
    preset: 'retail',
    async prepare(at) {
      const secret = await withApp(at, 'kim')
      return async (told) => {
        const pending = await waitingKim(at, told, 'kim-demo-password')
        await refusedOnce(at, told, pending, wrongAppCode(at, secret))
        const code = appCode(at, secret)
        isOpen(at, told, opened(await type(at, pending, code)))
        told.holds.set('I1: a code of an app opens one session', () => isSpent(at, told, code))
      }
    },
  },
  {
    name: 'the binding of an app',
    preset: 'retail',
    async prepare(at) {
      let secret: string | null = null
      return async (told) => {
        const pending = await waitingKim(at, told, 'kim-demo-password')
        const bound = (await page(at, pending)) !== null
        secret = bound ? secret : shown(await look(at, pending)).secret
        assert.ok(secret, 'nobody is asked for the code of an app that was never shown')
        isOpen(at, told, opened(await type(at, pending, appCode(at, secret))))
      }
    },
  },
  {
    name: 'a sign-in by a recovery code',
    preset: 'manufacturing',
    async prepare(at) {
      await at.set({ 'methods.allowed': ['recovery', 'email'] })
      const { token } = await signInWithCode(at, 'kim')
      const order = { site: at.site.id, sessionToken: token, origin: HOME }
      const made = await makeRecoveryCodes(at.ports, order)
      assert.ok(made.kind === 'made')
      await keepRecoveryCodes(at.ports, { ...order, madeAt: made.madeAt })
      const codes = made.codes.map((code) => code.reveal())
      return async (told) => {
        const pending = await waitingKim(at, told, 'kim-demo-password')
        const code = codes.pop() ?? ''
        told.secrets.push(code)
        isOpen(at, told, opened(await type(at, pending, code)))
        told.holds.set('I1: a recovery code opens one session', () => isSpent(at, told, code))
      }
    },
  },
  {
    name: 'a proof anew, and the end of the session',
    preset: 'manufacturing',
    async prepare(at) {
      return async (told) => {
        let token = ''
        await byCode(
          at,
          told,
          'kim-demo-password',
          () => at.codeFor('kim'),
          (made) => (token = made),
        )
        at.clock.pass(minutes(2))
        const stepUp = waiting(await startStepUp(at.ports, { site: at.site.id, sessionToken: token, origin: HOME }))
        told.secrets.push(stepUp)
        await at.pump()
        // From here on the old token may be over, whether that is told or not.
        told.holds.clear()
        const renewed = opened(await type(at, stepUp, at.codeFor('kim')))
        isOpen(at, told, renewed)
        told.holds.set(
          'I4: the token before the proof is over',
          async () => (await standingOf(at, token)) !== 'granted',
        )
        const access = await visit(at, renewed)
        assert.ok(access.kind === 'granted')
        // And from here on the new one.
        told.holds.clear()
        assert.equal(await endSession(at.ports, access.session, access.file.user, HOME), 'ended')
        told.holds.set(
          'I4: a session that was ended is over',
          async () => (await standingOf(at, renewed)) !== 'granted',
        )
      }
    },
  },
  {
    name: 'another password by a mailed link',
    preset: 'manufacturing',
    async prepare(at) {
      await at.set({ 'methods.allowed': ['sms'] })
      return async (told) => {
        told.secrets.push(ANOTHER_PASSWORD)
        at.clock.pass(RESET_COOLDOWN)
        assert.equal(await requestReset(at.ports, { site: at.site.id, username: 'kim', origin: HOME }), 'taken')
        await at.pump()
        const texts = at.messages('email').map(({ text }) => text)
        const [link = ''] = texts.flatMap((text) => /\/acme\/reset\/([\w-]+)/.exec(text)?.[1] ?? [])
        const password = new Secret(ANOTHER_PASSWORD)
        const half = await useReset(at.ports, { site: at.site.id, token: link, password, origin: HOME })
        const pending = waiting(half)
        told.secrets.push(link, pending)
        await at.pump()
        const code = at.codeFor('kim', 'sms')
        const proof = { site: at.site.id, pendingToken: pending, code, remember: false, onPage: true, origin: HOME }
        assert.equal((await answerChallenge(at.ports, proof)).kind, 'password-set')
        await byCode(at, told, ANOTHER_PASSWORD, () => at.codeFor('kim', 'sms'))
      }
    },
  },
  {
    name: 'a changed setting',
    preset: 'manufacturing',
    async prepare(at) {
      let hours = 1
      return async (told) => {
        hours += 1
        const patch = { 'challenge.interval_hours': hours }
        const [kept, entries] = [hours, await settingsEntries(at)]
        assert.equal((await changeSettings(at.ports, { ...ADMIN, site: DEMO_SITE, patch })).kind, 'changed')
        told.holds.set('I4: a setting that was saved is there, with its entry in the audit', async () => {
          const file = await at.ports.store.siteFile(DEMO_SITE)
          return file?.settings['challenge.interval_hours'] === kept && (await settingsEntries(at)) > entries
        })
      }
    },
  },
]

async function waitingKim(at: World, told: Told, password: string): Promise<string> {
  // What an earlier try left in the outbox goes out first, so that the newest message is the one of this try.
  await at.pump()
  const pending = waiting(await at.password('kim', { password }))
  told.secrets.push(password, pending)
  await at.pump()
  return pending
}

async function byCode(
  at: World,
  told: Told,
  password: string,
  codeOf: () => string,
  made: (token: string) => void = () => {},
): Promise<void> {
  const pending = await waitingKim(at, told, password)
  const code = codeOf()
  await refusedOnce(at, told, pending, otherThan(code))
  const token = opened(await type(at, pending, code))
  isOpen(at, told, token)
  made(token)
}

async function refusedOnce(at: World, told: Told, pending: string, wrong: string): Promise<void> {
  assert.equal((await type(at, pending, wrong)).kind, 'refused')
  told.wrong += 1
}

function isOpen(at: World, told: Told, token: string): void {
  told.secrets.push(token)
  told.holds.set('I4: a session that was told is open', async () => (await standingOf(at, token)) === 'granted')
}

/** Tried once more, in a sign-in of its own. */
async function isSpent(at: World, told: Told, code: string): Promise<boolean> {
  const answer = await type(at, waiting(await at.password('kim')), code)
  if (answer.kind === 'refused') told.wrong += 1
  return answer.kind === 'refused'
}

async function settingsEntries(at: World): Promise<number> {
  return (await at.trail()).filter(({ ev }) => ev === 'policy.changed').length
}
