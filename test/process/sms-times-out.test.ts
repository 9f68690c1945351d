import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeIn } from '../real-channels.ts'
import { startDemoProcess } from './demo-process.ts'

/** A person at a login page waits no longer than this. */
const PATIENCE_MS = 12_000

test('[F1] [S1.8b] SMS times out in the demo: the login page says within 12 seconds that the code went to the email, and it works', async (t) => {
  const demo = await startDemoProcess('scheduling')
  t.after(() => demo.stop())
  await demo.behave({ sms: 'timeout' })
  const page = `${demo.origin}/${demo.site}/login`
  const form = (fields: Record<string, string>, cookie = '') => ({
    method: 'POST',
    redirect: 'manual' as const,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: demo.origin, cookie },
    body: new URLSearchParams(fields).toString(),
    // The request itself fails when it takes longer.
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const asked = await fetch(page, form({ username: 'kim', password: demo.passwordOf('kim') }))
  const cookie = asked.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const location = asked.headers.get('location')
  const html =
    location === null
      ? await asked.text()
      : await (await fetch(new URL(location, page), { headers: { cookie } })).text()
  assert.match(html, /k•••@acme\.test/)
  assert.match(html, /could not|instead/i)

  const messages = (await (await fetch(`${demo.mailbox}/messages`)).json()) as {
    channel: string
    to: string
    text: string
  }[]
  assert.deepEqual(
    messages.map(({ channel, to }) => [channel, to]),
    [['email', 'kim@acme.test']],
  )
  const hidden = Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  const passed = await fetch(`${page}/code`, form({ ...hidden, code: codeIn(messages[0]?.text) }, cookie))
  assert.equal(passed.status, 303)
  assert.doesNotMatch(passed.headers.get('location') ?? '', /login/)
})
