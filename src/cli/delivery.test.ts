import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { commandLine } from '../../test/command-line.ts'

test('a channel is tested and proved from the command line, and its health tells the last error', async () => {
  const line = await commandLine()
  const at = (typed: string) => line.run(`--site acme ${typed}`)
  await line.mailbox.setBehaviour({ email: 'reject' })
  const failed = await at('delivery test email boss@acme.test')
  assert.equal(failed.code, 1)
  assert.match(failed.err, /The email channel does not work: 550 5\.7\.1/)
  assert.match(
    (await at('delivery health')).out,
    /^email +failing +server.*\n(?:.*\n)*email, last error at .*: 550 5\.7\.1/m,
  )

  await line.mailbox.setBehaviour({ email: 'ok' })
  line.clock.pass(seconds(10))
  assert.equal((await at('delivery test email boss@acme.test')).code, 0)
  const code = /^\d{6}/.exec(line.messages('email')[0]?.text ?? '')?.[0] ?? ''
  assert.equal((await at(`delivery confirm ${code === '000000' ? '000001' : '000000'}`)).code, 4)
  assert.deepEqual(await line.json(`--site acme delivery confirm ${code}`), {
    channel: 'email',
    proved_by: 'ada',
    proved_at: '2026-11-02T09:00:10.000Z',
  })
  assert.match((await at('delivery health')).out, /^email +proved/m)
  assert.equal((await at(`delivery confirm ${code}`)).code, 4)
  assert.equal((await at('delivery test email nobody')).code, 2)
  await line.close()
})

test('[FO-01] armed and not enforced is the first thing that the health says', async () => {
  const line = await commandLine()
  await line.mailbox.setBehaviour({ email: 'unconfigured' })
  const { out } = await line.run('--site acme delivery health')
  assert.match(out, /^ARMED, NOT ENFORCED: 4 users get in with the password alone\.$/m)
  await line.close()
})

test('what is set up is shown without its secrets, and can be taken back', async () => {
  const line = await commandLine()
  const smtp = {
    kind: 'smtp',
    host: 'mail.example.com',
    port: 465,
    tls: 'implicit',
    user: 'a',
    password: 'hunter22',
    from: 'a@acme.test',
  }
  await line.run('--site acme channels set email --file -', JSON.stringify(smtp))
  const shown = await line.run('--site acme channels show email')
  assert.match(shown.out, /mail\.example\.com[^]*Secrets that are set: password\./)
  assert.doesNotMatch(shown.out, /hunter22/)
  assert.equal((await line.run('--site acme channels unset email --at-once')).code, 0)
  assert.equal((await line.run('--site acme channels unset email')).code, 3)
  await line.close()
})
