import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { minutes } from '#domain/time.ts'
import { type Answering, timeServer } from '../../test/time-server.ts'
import { askNtp, type NtpAnswer } from './ntp.ts'

const NOON = Date.UTC(2026, 10, 2, 12)
const nonce = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])

/** Our clock stands at noon. */
async function ask(t: TestContext, answering: Answering, timeoutMilliseconds = 10_000): Promise<NtpAnswer> {
  return askNtp(await timeServer(t, answering), { now: () => NOON, nonce, timeoutMilliseconds })
}

test('a time server tells how far our clock is ahead or behind', async (t) => {
  assert.deepEqual(await ask(t, { now: () => NOON }), { kind: 'told', ahead: 0 })
  assert.deepEqual(await ask(t, { now: () => NOON - minutes(4) }), { kind: 'told', ahead: minutes(4) })
  assert.deepEqual(await ask(t, { now: () => NOON + 1_500 }), { kind: 'told', ahead: -1_500 })
})

test('the seconds of NTP begin again in 2036, and the time does not', async (t) => {
  const later = Date.UTC(2040, 0, 1)
  const server = await timeServer(t, { now: () => later - minutes(1) })
  assert.deepEqual(await askNtp(server, { now: () => later, nonce }), { kind: 'told', ahead: minutes(1) })
})

test('a server that is out of step itself is not believed, and neither is an answer to another question', async (t) => {
  for (const answering of [{ stratum: 0 }, { stratum: 16 }, { leap: 3 }]) {
    const answer = await ask(t, answering)
    assert.ok(answer.kind === 'failed', JSON.stringify(answering))
    assert.match(answer.why, /not in step/)
  }
  const forged = await ask(t, { origin: new Uint8Array(8) }, 50)
  assert.deepEqual(forged, { kind: 'failed', why: 'There was no answer within 0.05 seconds.' })
})

test('silence and a name that nobody knows are answers, too', async (t) => {
  assert.equal((await ask(t, { silent: true }, 50)).kind, 'failed')
  const nobody = await askNtp({ host: 'nobody.invalid', port: 123 }, { now: () => NOON, nonce })
  assert.deepEqual(nobody, { kind: 'failed', why: 'There is no host named nobody.invalid.' })
})
