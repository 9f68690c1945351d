import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnswerOutcome } from '#usecases/answer-challenge.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { secondSite } from '../second-site.ts'
import { opened, otherThan, page, rows, siteFor, type, waiting } from '../steps.ts'
import { HOME, type World } from '../world.ts'

// Somebody who knows one person's password tries a code that is real and right, but somewhere else: of another sign-in, another
// user, another site, another channel. It must fail, and the answer must not tell how near it was.

function refusal(outcome: AnswerOutcome): AnswerOutcome {
  assert.equal(outcome.kind, 'refused', JSON.stringify(outcome))
  return outcome
}

test('[R-003] [RP-06] a code typed into the other browser is refused, and its own sign-in still takes it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const a = waiting(await at.password('kim'))
  const codeOfA = at.codeFor('kim')
  const b = waiting(await at.password('kim'))
  const codeOfB = at.codeFor('kim')
  assert.notEqual(codeOfA, codeOfB)

  refusal(await type(at, b, codeOfA))
  refusal(await type(at, a, codeOfB))
  opened(await type(at, a, codeOfA))
  opened(await type(at, b, codeOfB))
})

test('[R-003] a code of one user is refused for another, of the app as well as by mail', async (t) => {
  const at = await siteFor(t, 'erp')
  const [ofKim, ofSam] = [await withApp(at, 'kim'), await withApp(at, 'sam')]
  const [kim, sam] = [waiting(await at.password('kim')), waiting(await at.password('sam'))]
  refusal(await type(at, kim, appCode(at, ofSam)))
  opened(await type(at, kim, appCode(at, ofKim)))
  opened(await type(at, sam, appCode(at, ofSam)))

  await at.set({ 'methods.allowed': ['email'] })
  const [mine, theirs] = [waiting(await at.password('op')), waiting(await at.password('sam'))]
  refusal(await type(at, mine, at.codeFor('sam')))
  opened(await type(at, theirs, at.codeFor('sam')))
})

test('[R-003] a sign-in of one site is unknown at another, whatever code comes with it', async (t) => {
  const at = await siteFor(t, 'fleet')
  const north = await secondSite(at, 'north', 'fleet')
  await north.set({ 'two_factor.enabled': true })
  await north.join('kim')
  const here = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  const there = waiting(await north.password('kim'))
  const answer = { pendingToken: here, code, remember: false, origin: HOME }

  assert.deepEqual(await answerChallenge(at.ports, { ...answer, site: north.site.id }), { kind: 'gone' })
  refusal(await answerChallenge(at.ports, { ...answer, site: north.site.id, pendingToken: there }))
  opened(await answerChallenge(at.ports, { ...answer, site: at.site.id }))
})

test('[R-003] a code of the app is no answer where the site takes email codes only', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  await at.set({ 'methods.allowed': ['email'] })
  const pending = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, pending))?.methods, ['email'])
  refusal(await type(at, pending, appCode(at, secret)))
  opened(await type(at, pending, at.codeFor('kim')))
})

test('[R-012] wrong, spent and foreign codes of an app get one and the same answer', async (t) => {
  type Secrets = { readonly kim: string; readonly sam: string }
  const attempts: Record<string, (at: World, secrets: Secrets) => string | Promise<string>> = {
    wrong: (at, { kim }) => wrongAppCode(at, kim),
    spent: async (at, { kim }) => {
      const code = appCode(at, kim)
      opened(await type(at, waiting(await at.password('kim')), code))
      return code
    },
    foreign: (at, { sam }) => appCode(at, sam),
    old: (at, { kim }) => appCode(at, kim, -20),
  }
  const answers = new Map<string, AnswerOutcome>()
  const reasons = new Map<string, unknown>()
  for (const [name, attempt] of Object.entries(attempts)) {
    const at = await siteFor(t, 'erp')
    const secrets = { kim: await withApp(at, 'kim'), sam: await withApp(at, 'sam') }
    const code = await attempt(at, secrets)
    answers.set(name, refusal(await type(at, waiting(await at.password('kim')), code)))
    const [row] = [...(await rows(at, 'auth.challenge.fail')), ...(await rows(at, 'auth.challenge.replayed'))]
    reasons.set(name, row?.data['reason'])
  }
  for (const outcome of answers.values()) assert.deepEqual(outcome, answers.get('wrong'))
  // What it was is in the audit log, and there only.
  assert.deepEqual(
    [...reasons],
    [
      ['wrong', 'wrong'],
      ['spent', 'replayed'],
      ['foreign', 'wrong'],
      ['old', 'wrong'],
    ],
  )
})

test('[R-012] wrong, spent and foreign email codes get one and the same answer', async (t) => {
  const attempts: Record<string, (at: World) => Promise<string>> = {
    spent: async (at) => {
      const first = waiting(await at.password('kim'))
      const code = at.codeFor('kim')
      opened(await type(at, first, code))
      return code
    },
    'of another sign-in': async (at) => {
      waiting(await at.password('kim'))
      return at.codeFor('kim')
    },
    'of another user': async (at) => {
      waiting(await at.password('sam'))
      return at.codeFor('sam')
    },
  }
  for (const attempt of Object.values(attempts)) {
    const at = await siteFor(t, 'manufacturing')
    const pending = waiting(await at.password('kim'))
    const right = at.codeFor('kim')
    const foreign = await attempt(at)
    const answer = refusal(await type(at, pending, foreign))

    const other = await siteFor(t, 'manufacturing')
    const plain = waiting(await other.password('kim'))
    assert.deepEqual(answer, refusal(await type(other, plain, otherThan(other.codeFor('kim')))))
    opened(await type(at, pending, right))
  }
})
