import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiWorld } from '../api-world.ts'

// Who comes from the office is asked less. Where somebody comes from is what the connection says, or a proxy that we know.

const OUTSIDE = '203.0.113.9'
const PROXY = '192.0.2.10'
const SECOND_PROXY = '192.0.2.11'

async function office(
  t: { after(end: () => Promise<void>): void },
  trustedProxies: readonly string[],
  networks = ['10.0.0.0/24'],
) {
  const at = await apiWorld({ trustedProxies })
  t.after(at.close)
  await at.set({ 'network.trusted': networks })
  return async (peer: string, forwarded?: string): Promise<string> => {
    const body = { username: 'kim', password: 'kim-demo-password' }
    const headers = forwarded === undefined ? undefined : { 'x-forwarded-for': forwarded }
    const answer = await at.api('POST /login', { body, peer, ...(headers ? { headers } : {}) })
    return answer.body.decision.rule
  }
}

test('[F9] [BY-08] without a proxy of ours the header is worth nothing', async (t) => {
  const from = await office(t, [])
  assert.equal(await from('10.0.0.1'), 'trusted_network')
  for (const header of ['10.0.0.1', '10.0.0.1, 10.0.0.2', '10.0.0.1, 203.0.113.9', '::ffff:10.0.0.1'])
    assert.equal(await from(OUTSIDE, header), 'methods', header)
})

test('[F9] [BY-08] behind one proxy only what it wrote itself counts: the last entry', async (t) => {
  const from = await office(t, [PROXY])
  assert.equal(await from(PROXY, '10.0.0.1'), 'trusted_network')
  assert.equal(await from(PROXY, OUTSIDE), 'methods')
  assert.equal(await from(PROXY, `10.0.0.1, ${OUTSIDE}`), 'methods', 'the stranger wrote the first one')
  assert.equal(await from(PROXY, `10.0.0.1, ${OUTSIDE}, 10.0.0.2, ${OUTSIDE}`), 'methods')
  assert.equal(await from(OUTSIDE, '10.0.0.1'), 'methods', 'past the proxy')
})

test('[F9] [BY-08] behind two proxies the list is read back through both, and no further', async (t) => {
  const from = await office(t, [PROXY, SECOND_PROXY])
  assert.equal(await from(PROXY, `10.0.0.1, ${SECOND_PROXY}`), 'trusted_network')
  assert.equal(await from(PROXY, `10.0.0.1, ${OUTSIDE}, ${SECOND_PROXY}`), 'methods')
  assert.equal(await from(PROXY, `10.0.0.1, nonsense, ${SECOND_PROXY}`), 'methods')
})

test('[BY-07] [F9] a network is a prefix of bits: what only begins with the same letters is outside', async (t) => {
  const one = await office(t, [], ['10.0.0.1', '2001:db8::/48'])
  assert.equal(await one('10.0.0.1'), 'trusted_network')
  assert.equal(await one('::ffff:10.0.0.1'), 'trusted_network')
  for (const peer of ['10.0.0.10', '10.0.0.100', '10.0.0.0', '110.0.0.1'])
    assert.equal(await one(peer), 'methods', peer)
  assert.equal(await one('2001:db8:0:ffff::1'), 'trusted_network')
  assert.equal(await one('2001:db8:1::1'), 'methods')
})
