import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, CountersignError, createClient, type ProblemCode } from '../../client/countersign.js'
import type { FakeOptions } from '../../client/fake.js'

/** A server that the client speaks to: the real one, or the fake for users' own tests. Both keep the same promises. */
export interface Served {
  readonly fetch: NonNullable<Parameters<typeof createClient>[0]['fetch']>
  readonly key: string
  /** The code that is right for this user now. */
  readonly codeFor: (username: string) => string
  readonly pass: (milliseconds: number) => void
  readonly messages: () => number
}

/** kim is asked for a code by email, free for nothing more. Passwords are `NAME-demo-password`. */
export const PEOPLE: FakeOptions['users'] = [
  { username: 'kim', password: 'kim-demo-password', factor: 'email', code: '135792' },
  { username: 'web', password: 'web-demo-password', factor: null },
]

async function refused(call: Promise<unknown>, code: ProblemCode): Promise<CountersignError> {
  let caught: unknown
  await call.catch((error: unknown) => (caught = error))
  assert.ok(caught instanceof CountersignError, String(caught))
  assert.equal(caught.code, code)
  assert.ok(caught.is(code) && caught.status >= 400 && caught.request !== undefined)
  return caught
}

export function clientContract(name: string, serve: () => Promise<Served>): void {
  const holds = (what: string, check: (client: Client, served: Served) => Promise<void>): void =>
    void test(`${name}: ${what}`, async () => {
      const served = await serve()
      const { fetch, key } = served
      await check(createClient({ origin: 'http://localhost:4180', site: 'acme', fetch, key }), served)
    })
  const kim = { username: 'kim', password: 'kim-demo-password' }
  const login = async (client: Client) => {
    const asked = await client.login({ body: kim })
    assert.ok(asked.status === 'challenge')
    return asked
  }

  holds(
    'a password and a code open a session, which says whose it is and can be ended',
    async (client, { codeFor }) => {
      const asked = await login(client)
      assert.deepEqual(
        [asked.challenge.method, asked.challenge.delivery, asked.challenge.attempts_left],
        ['email', 'accepted', 5],
      )
      assert.match(asked.challenge.sent_to ?? '', /^k•••@/)
      const passed = await client.verifyCode({ token: asked.pending.token, body: { code: codeFor('kim') } })
      assert.ok('status' in passed && passed.status === 'signed_in')
      const token = passed.session.token ?? ''
      const who = await client.getSession({ token })
      assert.deepEqual([who.kind, who.user?.username, who.session?.amr], ['session', 'kim', ['pwd', 'email']])
      assert.equal(await client.signOut({ token }), undefined)
      await refused(client.getSession({ token }), 'unauthenticated')
    },
  )

  holds('whoever is asked for nothing more is in by the password', async (client) => {
    const passed = await client.login({ body: { username: 'web', password: 'web-demo-password' } })
    assert.ok(passed.status === 'signed_in')
    assert.equal(passed.decision.outcome, 'skip')
    const who = await client.getSession({ token: passed.session.token })
    assert.deepEqual([who.session?.acr, who.session?.amr], ['aal1', ['pwd']])
  })

  holds('wrong passwords and strangers are answered alike', async (client) => {
    for (const body of [
      { ...kim, password: 'wrong' },
      { ...kim, username: 'nobody' },
    ])
      await refused(client.login({ body }), 'invalid_credentials')
    await refused(client.login({ body: { ...kim, application: 'nothing' } }), 'unknown_application')
  })

  holds('wrong codes are counted, and after five the sign-in is over', async (client, { codeFor }) => {
    const { pending } = await login(client)
    const wrong = codeFor('kim').replace(/\d$/, (digit) => String((Number(digit) + 1) % 10))
    for (let failed = 1; failed <= 5; failed++) {
      const { problem } = await refused(
        client.verifyCode({ token: pending.token, body: { code: wrong } }),
        'invalid_code',
      )
      assert.deepEqual([problem['failed_codes'], problem['attempts_left']], [failed, 5 - failed])
    }
    await refused(client.verifyCode({ token: pending.token, body: { code: codeFor('kim') } }), 'too_many_attempts')
  })

  holds('a code passes once, and what is no code counts for nothing', async (client, { codeFor }) => {
    const { pending } = await login(client)
    await refused(client.verifyCode({ token: pending.token, body: { code: 'abc' } }), 'malformed_code')
    await client.verifyCode({ token: pending.token, body: { code: codeFor('kim').replace(/^(...)/, '$1 ') } })
    await refused(client.verifyCode({ token: pending.token, body: { code: codeFor('kim') } }), 'pending_gone')
    await refused(client.verifyCode({ token: 'pt_nothing', body: { code: '123456' } }), 'pending_gone')
    await refused(client.verifyCode({ body: { code: '123456' } }), 'unauthenticated')
  })

  holds('a message can be asked for again, after a while', async (client, { pass, messages }) => {
    const { pending } = await login(client)
    const early = await refused(client.sendCode({ token: pending.token }), 'resend_cooldown')
    assert.ok(early.retryAt instanceof Date)
    await refused(client.sendCode({ token: pending.token, body: { channel: 'sms' } }), 'channel_not_offered')
    const before = messages()
    pass(31_000)
    const again = await client.sendCode({ token: pending.token })
    assert.deepEqual([again.status, messages() - before], ['challenge', 1])
  })

  holds('the second factor alone: asked, allowed, and no session', async (client, { codeFor }) => {
    const asked = await client.askSecondFactor({ body: { username: 'kim', address: '203.0.113.9' } })
    assert.ok(asked.outcome === 'challenge')
    const passed = await client.verifyCode({ token: asked.pending.token, body: { code: codeFor('kim') } })
    assert.deepEqual(passed, { outcome: 'allow', acr: 'aal1', amr: ['external', 'email'] })
    const free = await client.askSecondFactor({ body: { username: 'web' } })
    assert.ok(free.outcome === 'allow')
    assert.equal(free.decision.outcome, 'skip')
    const denied = await refused(client.askSecondFactor({ body: { username: 'nobody' } }), 'denied')
    assert.equal(denied.problem['outcome'], 'deny')
    await refused(client.askSecondFactor({ token: 'cs_live_other', body: { username: 'kim' } }), 'unauthenticated')
  })

  holds('a remembered device is spared until its time is over', async (client, { codeFor, pass }) => {
    const { pending } = await login(client)
    const passed = await client.verifyCode({
      token: pending.token,
      body: { code: codeFor('kim'), remember_device: true },
    })
    assert.ok('device_token' in passed && passed.device_token !== undefined)
    const { device_token } = passed
    const spared = await client.login({ body: { ...kim, device_token } })
    assert.equal(spared.decision.rule, 'remembered_device')
    const asked = await client.askSecondFactor({ body: { username: 'kim', device_token } })
    assert.equal(asked.outcome, 'allow')
    pass(169 * 3_600_000)
    assert.equal((await client.login({ body: { ...kim, device_token } })).status, 'challenge')
  })

  holds('a field that does not exist is refused by name', async (client) => {
    const body = { ...kim, nonsense: 1 }
    const { problem } = await refused(client.login({ body }), 'unknown_field')
    assert.deepEqual((problem['errors'] as readonly { pointer: string }[])[0]?.pointer, '/nonsense')
  })
}
