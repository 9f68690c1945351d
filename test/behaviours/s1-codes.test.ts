import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hotp } from '#authenticators/hotp.ts'
import { openChallenge } from '#challenge/open.ts'
import { newId } from '#domain/id.ts'
import { minutes, seconds } from '#domain/time.ts'
import { codeOnItsWay } from '#usecases/new-code.ts'
import { endSession } from '#usecases/sessions.ts'
import { opened, otherThan, page, rows, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { HOME, type World } from '../world.ts'

test('[S1.1] neither the password alone nor a code alone opens a session', async (t) => {
  const at = await siteFor(t, 'scheduling')

  const kim = waiting(await at.password('kim'))
  assert.equal(await standingOf(at, kim), 'no-session')
  const code = at.codeFor('kim')

  // The code without the password: at no sign-in, and at one of somebody else's.
  assert.equal((await type(at, 'pt_nobody', code)).kind, 'gone')
  assert.deepEqual(await at.password('kim', { password: code }), { kind: 'invalid-credentials' })
  assert.equal((await type(at, waiting(await at.password('root')), code)).kind, 'refused')
  assert.deepEqual(await rows(at, 'session.created'), [])

  assert.equal(await standingOf(at, opened(await type(at, kim, code))), 'granted')
})

const DRAWN = 10_000

/** The codes of as many sign-ins of one user, drawn by the code that draws them at a sign-in. */
async function drawCodes(at: World): Promise<readonly { readonly counter: number; readonly code: string }[]> {
  const { ports } = at
  const now = at.clock.now()
  const read = await ports.store.personFile(at.site.id, 'kim', now)
  assert.ok(read)
  let file = read
  return Array.from({ length: DRAWN }, () => {
    const challenge = openChallenge(
      {
        id: newId('chl', ports.random.bytes(16)),
        site: at.site.id,
        user: file.user.id,
        application: 'web',
        purpose: 'login',
        tokenDigest: '',
        decision: { outcome: 'challenge', rule: 'methods', reason: 'user_requires' },
        firstProof: { kind: 'password', at: now },
        userEpoch: file.user.sessionEpoch,
        now,
        address: null,
        userAgent: null,
      },
      ['sms'],
    )
    const to = file.user.phone ?? ''
    const { counters, delivery } = codeOnItsWay(ports, file, challenge, { channel: 'sms', to, again: false, now })
    file = { ...file, counters }
    assert.ok(counters.sealedCodeSecret !== null && delivery.content.kind === 'code')
    const secret = ports.vault.open(counters.sealedCodeSecret, `codes:${file.user.id}`)
    const { counter } = delivery.content
    return { counter, code: hotp(secret, counter) }
  })
}

/** Pearson's statistic of how far these counts are from being equal. */
function chiSquare(codes: readonly string[], bucketOf: (code: string) => number, buckets: number): number {
  const counts = Array.from({ length: buckets }, () => 0)
  for (const code of codes) counts[bucketOf(code)] = (counts[bucketOf(code)] ?? 0) + 1
  const expected = codes.length / buckets
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

// What a fair source exceeds once in a thousand times, by degrees of freedom.
const ONE_IN_A_THOUSAND = { 9: 27.88, 99: 148.23 } as const

test('[S1.2] ten thousand codes look evenly random over all six digits, and no counter comes twice', async (t) => {
  const drawn = await drawCodes(await siteFor(t, 'scheduling'))
  const codes = drawn.map(({ code }) => code)
  assert.ok(codes.every((code) => /^\d{6}$/.test(code)))
  assert.equal(new Set(drawn.map(({ counter }) => counter)).size, DRAWN)

  for (const place of [0, 1, 2, 3, 4, 5])
    assert.ok(chiSquare(codes, (code) => Number(code[place]), 10) < ONE_IN_A_THOUSAND[9], `digit ${place}`)
  assert.ok(chiSquare(codes, (code) => Number(code.slice(0, 2)), 100) < ONE_IN_A_THOUSAND[99])
  assert.ok(chiSquare(codes, (code) => Number(code.slice(4)), 100) < ONE_IN_A_THOUSAND[99])

  // The same measure sees a source that never begins a code with 0, and one that favours a digit by a tenth.
  const noZero = codes.map((code) => (code.startsWith('0') ? `1${code.slice(1)}` : code))
  assert.ok(chiSquare(noZero, (code) => Number(code[0]), 10) > ONE_IN_A_THOUSAND[9])
  const favours7 = codes.map((code, index) => (index % 50 === 0 ? `7${code.slice(1)}` : code))
  assert.ok(chiSquare(favours7, (code) => Number(code[0]), 10) > ONE_IN_A_THOUSAND[9])
})

test('[S1.2] no code passes twice: not in its own sign-in, not in a later one', async (t) => {
  const at = await siteFor(t, 'scheduling')
  for (let round = 0; round < 12; round++) {
    at.clock.pass(minutes(15))
    const first = waiting(await at.password('kim'))
    const code = at.codeFor('kim')
    opened(await type(at, first, code))
    assert.equal((await type(at, first, code)).kind, 'gone')

    const next = waiting(await at.password('kim'))
    assert.equal((await type(at, next, code)).kind, 'refused')
    opened(await type(at, next, at.codeFor('kim')))
  }
  assert.equal((await rows(at, 'session.created')).length, 24)
  assert.equal((await rows(at, 'auth.challenge.replayed')).length, 12)
})

test('[S1.5] the password brings exactly one message, without another click', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const kim = waiting(await at.password('kim'))
  assert.deepEqual(
    at.messages().map(({ channel, to }) => [channel, to]),
    [['sms', '+4915550100003']],
  )
  const shown = await page(at, kim)
  assert.deepEqual(shown?.sending, { state: 'accepted', channel: 'sms', to: '•••• 003', insteadOf: null })
  await at.pump()
  assert.equal(at.messages().length, 1)
})

test('[S1.6] each sign-in is asked anew, also in a browser that has just passed', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const first = await type(at, waiting(await at.password('kim')), at.codeFor('kim'), true)
  assert.ok(first.kind === 'signed-in')
  assert.equal(first.deviceToken, null)
  const access = await visit(at, first.token)
  assert.ok(access.kind === 'granted')
  await endSession(at.ports, access.session, access.user, HOME)
  assert.equal(await standingOf(at, first.token), 'ended')

  at.clock.pass(seconds(10))
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim'), true))
  assert.equal((await rows(at, 'auth.challenge.issued')).length, 2)
  assert.equal(at.messages().length, 2)
})

test('[S1.7] a code opens only the sign-in it was made for, and none after it', async (t) => {
  const at = await siteFor(t, 'scheduling')
  const a = waiting(await at.password('kim'))
  const codeA = at.codeFor('kim')
  at.clock.pass(seconds(1))
  const b = waiting(await at.password('kim'))
  const codeB = at.codeFor('kim')
  assert.notEqual(codeA, codeB)

  assert.equal((await type(at, a, codeB)).kind, 'refused')
  assert.equal((await type(at, b, codeA)).kind, 'refused')
  // Two tabs, two sign-ins: neither ends the other.
  const token = opened(await type(at, b, codeB))
  opened(await type(at, a, codeA))

  const access = await visit(at, token)
  assert.ok(access.kind === 'granted')
  await endSession(at.ports, access.session, access.user, HOME)
  const c = waiting(await at.password('kim'))
  for (const old of [codeA, codeB]) assert.equal((await type(at, c, old)).kind, 'refused')
  assert.equal((await type(at, b, codeB)).kind, 'gone')
  assert.equal((await type(at, c, otherThan(at.codeFor('kim')))).kind, 'refused')
  opened(await type(at, c, at.codeFor('kim')))
})
