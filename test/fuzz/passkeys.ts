import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Expected } from '#ports/passkeys.ts'
import { openPasskeys } from '#webauthn/passkeys.ts'
import { softPasskey } from '../soft-passkey.ts'
import { oddText } from './bodies.ts'
import type { Rounds } from './doors.ts'

type Answer = { readonly id: string; readonly response: Readonly<Record<string, unknown>> }

const HOME = { origin: 'https://login.example.com', id: 'login.example.com' }
const CHALLENGE = Buffer.from('a challenge of thirty-two bytes.').toString('base64url')
const expected: Expected = { relyingParty: HOME, challenge: CHALLENGE, userVerification: true }

/** One change to some bytes; places are fractions, so that a change means the same in an answer of another length. */
const change = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  span: fc.nat({ max: 8 }),
  put: fc.uint8Array({ maxLength: 8 }),
})
const bent = (field: string) => fc.record({ field: fc.constant(field), changes: fc.array(change, { maxLength: 3 }) })

/**
 * Answers of a passkey with bytes changed, cut and put in, and with other things in their fields: none is taken that is not signed to the
 * byte, and none breaks the reader. Throws at the first that does.
 */
export async function fuzzPasskeys({ seed, rounds }: Rounds): Promise<void> {
  const held = { seed, numRuns: rounds }
  const passkeys = openPasskeys()
  const device = softPasskey(HOME)
  const created = device.create({ challenge: CHALLENGE, user: { id: 'a2lt' } }) as Answer
  const registered = await passkeys.register(created, expected)
  assert.ok(registered.kind === 'registered')
  const passkey = { ...registered, credential: registered.credential }
  const got = device.get({ challenge: CHALLENGE }) as Answer

  const ofAssertion = fc.oneof(...['clientDataJSON', 'authenticatorData', 'signature'].map(bent))
  await fc.assert(
    fc.asyncProperty(ofAssertion, other, async ({ field, changes }, put) => {
      const answer = withBytes(got, field, changes, put)
      passkeys.read(answer)
      const outcome = await passkeys.assert(answer, { ...expected, passkey })
      if (outcome.kind === 'refused') return assert.ok(outcome.why.length <= 200)
      for (const signed of ['clientDataJSON', 'authenticatorData'])
        assert.deepEqual(bytesOf(answer, signed), bytesOf(got, signed), `${signed} is not what was signed`)
    }),
    held,
  )

  const ofRegistration = fc.oneof(...['clientDataJSON', 'attestationObject'].map(bent))
  await fc.assert(
    fc.asyncProperty(ofRegistration, other, async ({ field, changes }, put) => {
      const answer = withBytes(created, field, changes, put)
      passkeys.read(answer)
      const outcome = await passkeys.register(answer, expected)
      if (outcome.kind === 'refused') return assert.ok(outcome.why.length <= 200)
      const said = JSON.parse(bytesOf(answer, 'clientDataJSON').toString('utf8')) as Record<string, unknown>
      assert.deepEqual(
        [said['type'], said['challenge'], said['origin'], outcome.credential],
        ['webauthn.create', CHALLENGE, HOME.origin, answer.id],
      )
    }),
    held,
  )
}

/** What may stand in a field in place of its text; null: the text stays. */
const other = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, fc.oneof(oddText, fc.jsonValue({ maxDepth: 1 })))

function withBytes(answer: Answer, field: string, changes: readonly Change[], put: unknown): Answer {
  let bytes = bytesOf(answer, field)
  for (const { place, span, put: piece } of changes) {
    const from = Math.floor(place * bytes.length)
    bytes = Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from + span)])
  }
  return { ...answer, response: { ...answer.response, [field]: put ?? bytes.toString('base64url') } }
}

type Change = { readonly place: number; readonly span: number; readonly put: Uint8Array }

function bytesOf({ response }: Answer, field: string): Buffer {
  return Buffer.from(String(response[field]), 'base64url')
}
