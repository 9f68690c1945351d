import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { NEW_TOTP, type TotpParameters } from '#domain/authenticator.ts'
import { nearestStep, totp, totpStep, verifyTotp } from './totp.ts'

const SEED = 20_261_122
const KEY = Buffer.from('12345678901234567890')
const MONDAY = Date.UTC(2026, 10, 23, 9, 0, 10)

// RFC 6238 appendix B. The seeds there are 20, 32 and 64 bytes long, as erratum 2866 says.
const SEEDS = {
  SHA1: Buffer.from('12345678901234567890'),
  SHA256: Buffer.from('12345678901234567890123456789012'),
  SHA512: Buffer.from('1234567890123456789012345678901234567890123456789012345678901234'),
}
// biome-ignore format: a table reads by its columns
const VECTORS = [
  [59,          '0000000000000001', { SHA1: '94287082', SHA256: '46119246', SHA512: '90693936' }],
  [1111111109,  '00000000023523EC', { SHA1: '07081804', SHA256: '68084774', SHA512: '25091201' }],
  [1111111111,  '00000000023523ED', { SHA1: '14050471', SHA256: '67062674', SHA512: '99943326' }],
  [1234567890,  '000000000273EF07', { SHA1: '89005924', SHA256: '91819424', SHA512: '93441116' }],
  [2000000000,  '0000000003F940AA', { SHA1: '69279037', SHA256: '90698825', SHA512: '38618901' }],
  [20000000000, '0000000027BC86AA', { SHA1: '65353130', SHA256: '77737706', SHA512: '47863826' }],
] as const

for (const [second, stepInHex, codes] of VECTORS) {
  for (const algorithm of ['SHA1', 'SHA256', 'SHA512'] as const) {
    test(`[R-042] [S2.5] [S4.6] [CK-06] RFC 6238 appendix B, ${algorithm} at second ${second}: ${codes[algorithm]}`, () => {
      const parameters: TotpParameters = { digits: 8, algorithm, period: 30 }
      const step = totpStep(second * 1_000, 30)
      assert.equal(step.toString(16).toUpperCase().padStart(16, '0'), stepInHex)
      assert.equal(totp(SEEDS[algorithm], step, parameters), codes[algorithm])
      const attempt = { secret: SEEDS[algorithm], code: codes[algorithm], at: second * 1_000, parameters }
      assert.deepEqual(verifyTotp({ ...attempt, lastStep: undefined, skewSteps: 0 }), { kind: 'accepted', step })
    })
  }
}

test('[R-041] 1,000 seeded keys, moments and parameters agree with the otpauth library', () => {
  const parameters = fc.record({
    digits: fc.constantFrom(6, 7, 8),
    algorithm: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
    period: fc.constantFrom(15, 30, 45, 60),
  })
  const key = fc.uint8Array({ minLength: 10, maxLength: 80 })
  const moment = fc.integer({ min: 0, max: 40_000_000_000_000 })
  fc.assert(
    fc.property(key, moment, parameters, (bytes, at, parameters) => {
      const witness = new TOTP({ secret: new Secret({ buffer: bytes.slice().buffer }), ...parameters })
      assert.equal(totp(bytes, totpStep(at, parameters.period), parameters), witness.generate({ timestamp: at }))
    }),
    { seed: SEED, numRuns: 1_000 },
  )
})

test('[R-041] a new secret is used with SHA-1, six digits and 30 seconds, which every app can do', () => {
  assert.deepEqual(NEW_TOTP, { digits: 6, algorithm: 'SHA1', period: 30 })
  assert.equal(totp(KEY, 1, NEW_TOTP), '287082')
})

// Found by trying steps from 0: with KEY, this one and the next have the same six digits.
const TWIN = 910_737

/** What the server says at `at` to the code a phone shows when its clock says `shown`. */
function submit(given: {
  shown: number
  at: number
  lastStep?: number
  skewSteps?: 0 | 1
  parameters?: TotpParameters
}) {
  const { shown, at, lastStep, skewSteps = 1, parameters = NEW_TOTP } = given
  const code = totp(KEY, totpStep(shown, parameters.period), parameters)
  return verifyTotp({ secret: KEY, code, at, lastStep, skewSteps, parameters })
}

test('[R-043] a phone may be one step off to either side, and no more', () => {
  const now = totpStep(MONDAY, 30)
  assert.deepEqual(submit({ shown: MONDAY - 30_000, at: MONDAY }), { kind: 'accepted', step: now - 1 })
  assert.deepEqual(submit({ shown: MONDAY, at: MONDAY }), { kind: 'accepted', step: now })
  assert.deepEqual(submit({ shown: MONDAY + 30_000, at: MONDAY }), { kind: 'accepted', step: now + 1 })
  assert.deepEqual(submit({ shown: MONDAY - 60_000, at: MONDAY }), { kind: 'wrong' })
  assert.deepEqual(submit({ shown: MONDAY + 60_000, at: MONDAY }), { kind: 'wrong' })
})

test('[R-043] a site may set the window to the one step of its own clock; wider than one it cannot be', () => {
  assert.equal(submit({ shown: MONDAY, at: MONDAY, skewSteps: 0 }).kind, 'accepted')
  assert.equal(submit({ shown: MONDAY - 30_000, at: MONDAY, skewSteps: 0 }).kind, 'wrong')
  assert.equal(submit({ shown: MONDAY + 30_000, at: MONDAY, skewSteps: 0 }).kind, 'wrong')
  for (const skew of [2, -1, 0.5]) {
    assert.throws(() => submit({ shown: MONDAY, at: MONDAY, skewSteps: skew as 1 }), RangeError)
  }
})

test('[R-043] the step changes at the full period, not a millisecond before', () => {
  assert.equal(totpStep(29_999, 30), 0)
  assert.equal(totpStep(30_000, 30), 1)
  assert.equal(totpStep(59_999, 60), 0)
})

test('[R-044] [RP-02] a code is refused in its own step, in the next one and after a minute', () => {
  const first = submit({ shown: MONDAY, at: MONDAY })
  assert.ok(first.kind === 'accepted')
  const again = (later: number) => submit({ shown: MONDAY, at: MONDAY + later, lastStep: first.step })
  assert.deepEqual(again(0), { kind: 'replayed', step: first.step })
  assert.deepEqual(again(30_000), { kind: 'replayed', step: first.step })
  assert.deepEqual(again(60_000), { kind: 'wrong' })
})

test('[R-044] [RP-03] after the code of the coming step, neither that one nor the present one passes', () => {
  const early = submit({ shown: MONDAY + 30_000, at: MONDAY })
  assert.ok(early.kind === 'accepted')
  assert.equal(submit({ shown: MONDAY, at: MONDAY, lastStep: early.step }).kind, 'replayed')
  assert.equal(submit({ shown: MONDAY + 30_000, at: MONDAY, lastStep: early.step }).kind, 'replayed')
  assert.equal(submit({ shown: MONDAY + 60_000, at: MONDAY + 30_000, lastStep: early.step }).kind, 'accepted')
})

test('[R-044] a clock set back opens nothing: steps only grow', () => {
  const lastStep = totpStep(MONDAY, 30)
  const back = MONDAY - 3_600_000
  assert.equal(submit({ shown: back, at: back, lastStep }).kind, 'replayed')
  assert.equal(submit({ shown: MONDAY + 30_000, at: MONDAY + 30_000, lastStep }).kind, 'accepted')
})

test('[R-044] of two steps that share a code the later one is spent, so that the code cannot pass again', () => {
  const code = totp(KEY, TWIN, NEW_TOTP)
  assert.equal(code, totp(KEY, TWIN + 1, NEW_TOTP))
  const attempt = { secret: KEY, code, parameters: NEW_TOTP, skewSteps: 1 } as const
  const first = verifyTotp({ ...attempt, at: TWIN * 30_000, lastStep: undefined })
  assert.deepEqual(first, { kind: 'accepted', step: TWIN + 1 })
  assert.equal(verifyTotp({ ...attempt, at: (TWIN + 1) * 30_000, lastStep: TWIN + 1 }).kind, 'replayed')
})

test('[R-044] law: whatever is sent whenever, accepted steps only grow and lie in the window', () => {
  const sending = fc.record({ pause: fc.integer({ min: -40_000, max: 90_000 }), off: fc.integer({ min: -3, max: 3 }) })
  fc.assert(
    fc.property(fc.array(sending, { maxLength: 40 }), fc.constantFrom(0 as const, 1 as const), (sendings, skew) => {
      let at = MONDAY
      let lastStep: number | undefined
      for (const { pause, off } of sendings) {
        at += pause
        const verdict = submit({
          shown: at + off * 30_000,
          at,
          skewSteps: skew,
          ...(lastStep === undefined ? {} : { lastStep }),
        })
        if (verdict.kind !== 'accepted') continue
        assert.ok(lastStep === undefined || verdict.step > lastStep)
        assert.ok(Math.abs(verdict.step - totpStep(at, 30)) <= skew)
        lastStep = verdict.step
      }
    }),
    { seed: SEED, numRuns: 500 },
  )
})

test('[R-045] no drift is learnt: after any number of slow sign-ins the window has not moved', () => {
  let lastStep = 0
  for (let at = MONDAY; at < MONDAY + 20 * 60_000; at += 60_000) {
    const slow = submit({ shown: at - 30_000, at, lastStep })
    assert.ok(slow.kind === 'accepted')
    lastStep = slow.step
  }
  const at = MONDAY + 30 * 60_000
  assert.equal(submit({ shown: at - 60_000, at, lastStep }).kind, 'wrong')
  assert.equal(submit({ shown: at + 30_000, at, lastStep }).kind, 'accepted')
})

test('an imported app keeps its own digits, hash and period', () => {
  const parameters: TotpParameters = { digits: 8, algorithm: 'SHA512', period: 60 }
  assert.equal(submit({ shown: MONDAY, at: MONDAY, parameters }).kind, 'accepted')
  const six = totp(KEY, totpStep(MONDAY, 60), { ...parameters, digits: 6 })
  const attempt = { secret: KEY, code: six, at: MONDAY, parameters, lastStep: undefined, skewSteps: 1 } as const
  assert.deepEqual(verifyTotp(attempt), { kind: 'wrong' })
})

test('what is no code of six digits is wrong and breaks nothing', () => {
  for (const code of ['', '1', '28708', '2870822', '２８７０８２', '28708\u0000', 'é'.repeat(6)]) {
    const attempt = { secret: KEY, code, at: 59_000, parameters: NEW_TOTP, lastStep: undefined, skewSteps: 1 } as const
    assert.deepEqual(verifyTotp(attempt), { kind: 'wrong' }, code)
  }
})

test('in the first step of 1970 there is none before it, and before 1970 there is no step at all', () => {
  assert.equal(submit({ shown: 0, at: 0 }).kind, 'accepted')
  assert.throws(() => totpStep(-1, 30), RangeError)
  assert.throws(() => totpStep(Number.NaN, 30), RangeError)
  assert.throws(() => totpStep(MONDAY, 0), RangeError)
})

test('a wrong phone clock is named in steps, with its sign', () => {
  const ask = (stepsOff: number, reachSteps: number) => {
    const code = totp(KEY, totpStep(MONDAY, 30) + stepsOff, NEW_TOTP)
    return nearestStep({ secret: KEY, code, at: MONDAY, reachSteps, parameters: NEW_TOTP })
  }
  assert.equal(ask(0, 20), 0)
  assert.equal(ask(-8, 20), -8)
  assert.equal(ask(20, 20), 20)
  assert.equal(ask(21, 20), undefined)
  assert.equal(ask(-21, 20), undefined)
})

test('of two steps that explain a code the nearer one is named', () => {
  const code = totp(KEY, TWIN, NEW_TOTP)
  const ask = (now: number) =>
    nearestStep({ secret: KEY, code, at: now * 30_000, reachSteps: 20, parameters: NEW_TOTP })
  assert.equal(ask(TWIN - 5), 5)
  assert.equal(ask(TWIN + 6), -5)
})
