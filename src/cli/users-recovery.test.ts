import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '#domain/time.ts'
import { askRecovery } from '#usecases/ask-recovery.ts'
import { commandLine } from '../../test/command-line.ts'
import { withApp } from '../../test/enrolment-steps.ts'
import { waiting } from '../../test/steps.ts'
import { HOME } from '../../test/world.ts'

test('[RE-06] on the command line a request is listed, approved with its checks, and ended with a code', async () => {
  const line = await commandLine({ preset: 'erp' })
  assert.match((await line.run('--site acme users recovery-requests')).out, /Nobody has asked/)
  await withApp(line, 'sam')
  const pendingToken = waiting(await line.password('sam'))
  await askRecovery(line.ports, { site: line.site.id, pendingToken, note: 'drowned', origin: HOME })
  assert.match((await line.run('--site acme users recovery-requests')).out, /^sam +asked +2026\S+ +2026\S+ +drowned$/m)

  const said = ['--site', 'acme', 'users', 'recovery-approve', 'sam', '--reason', 'rang back', '--check']
  const unknown = await line.run([...said, 'feeling', '--check', 'seen'])
  assert.match(unknown.err, /There is no check "feeling".*called_back/)
  assert.match((await line.run([...said, 'seen'])).err, /at least 2 different checks/)
  assert.match((await line.run([...said, 'seen', '--check', 'called_back'])).out, /is approved/)
  assert.match((await line.run('--site acme users recovery-code sam')).err, /waits until 2026/)
  line.clock.pass(hours(1))
  const code = (await line.json('--site acme users recovery-code sam')) as { code: string }
  assert.match(code.code, /^\d{15}$/)
  const refused = await line.run(['--site', 'acme', 'users', 'recovery-refuse', 'sam', '--reason', 'wrong voice'])
  assert.match(refused.out, /is refused/)
  assert.match((await line.run('--site acme users recovery-code sam')).err, /no request that is open/)
  await line.close()
})
