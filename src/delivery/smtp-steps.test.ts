import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { SendStep } from '#ports/delivery.ts'
import { CERTIFICATE } from '../../test/contracts/courier-certificate.ts'
import { outgoing } from '../../test/contracts/courier-letters.ts'
import {
  closedPort,
  mailServer,
  type MailServerOptions,
  scriptedServer,
} from '../../test/contracts/courier-mail-server.ts'
import type { SmtpConfig } from './channel-config.ts'
import { ANYWHERE, reachOf } from './reach.ts'
import { sendBySmtp } from './smtp.ts'

const LOGIN = { user: 'acme', password: 'correct-horse' }

async function stepsOf(port: number, change: Partial<SmtpConfig> = {}, reach = ANYWHERE): Promise<SendStep[]> {
  const steps: SendStep[] = []
  const config: SmtpConfig = {
    kind: 'smtp',
    host: '127.0.0.1',
    port,
    tls: 'required',
    from: 'no-reply@acme.test',
    connectSeconds: 30,
    totalSeconds: 30,
    ca: CERTIFICATE,
    ...change,
  }
  await sendBySmtp(config, outgoing(), { reach, note: (step) => steps.push(step) })
  return steps
}

const names = (steps: readonly SendStep[]) => steps.map(({ step, ok }) => (ok ? step : `no ${step}`))

async function server(t: TestContext, options: MailServerOptions): Promise<number> {
  const running = await mailServer(options)
  t.after(() => running.close())
  return running.port
}

test('each step is told when it is done, with the words of the server at the end', async (t) => {
  const steps = await stepsOf(await server(t, { tls: 'starttls', login: LOGIN }), LOGIN)
  assert.deepEqual(names(steps), ['dns', 'tcp', 'tls', 'auth', 'accepted'])
  assert.match(steps[4]?.says ?? '', /^250 2\.0\.0 queued/)
  for (const { milliseconds } of steps) assert.ok(Number.isInteger(milliseconds) && milliseconds >= 0)
})

test('a server that is not there, has no TLS, does not know us or does not take it: the step that broke says why', async (t) => {
  assert.deepEqual(names(await stepsOf(await closedPort())), ['dns', 'no tcp'])
  assert.deepEqual(names(await stepsOf(25, {}, reachOf([]))), ['no dns'])

  const stripped = await scriptedServer('220 hi', (line) => (line.startsWith('EHLO') ? '250 mail' : '502 5.5.1 No'))
  t.after(() => stripped.close())
  const clear = await stepsOf(stripped.port)
  assert.deepEqual(names(clear), ['dns', 'tcp', 'no tls'])
  assert.match(clear[2]?.says ?? '', /does not offer TLS/)

  const wrong = await stepsOf(await server(t, { tls: 'starttls', login: LOGIN }), { user: 'acme', password: 'guess' })
  assert.deepEqual(names(wrong), ['dns', 'tcp', 'tls', 'no auth'])
  assert.match(wrong[3]?.says ?? '', /^535 /)
  assert.doesNotMatch(JSON.stringify(wrong), /guess/)

  const refused = await stepsOf(await server(t, { tls: 'starttls', refuse: '550 5.1.1 Nobody' }))
  assert.deepEqual(names(refused), ['dns', 'tcp', 'tls', 'no accepted'])
  assert.match(refused[3]?.says ?? '', /^550 5\.1\.1 Nobody/)
})
