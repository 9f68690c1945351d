import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAccess } from '#usecases/check-access.ts'
import { commandLine } from '../../test/command-line.ts'

test('[S1.16] one command ends 250 sessions, says how many, and leaves one row in the audit log', async () => {
  const line = await commandLine()
  await line.set({ 'two_factor.enabled': false })
  const names = ['kim', 'sam', 'root', 'op', 'web']
  const tokens: string[] = []
  for (let at = 0; at < 250; at++) {
    const signedIn = await line.password(names[at % names.length] ?? '')
    assert.ok(signedIn.kind === 'signed-in')
    tokens.push(signedIn.token)
  }
  const rows = (await line.trail()).length

  const { code, out } = await line.run('--site acme sessions clear')
  assert.deepEqual([code, out], [0, '250 sessions ended.\n'])
  for (const sessionToken of tokens) {
    const access = await checkAccess(line.ports, { site: line.site.id, sessionToken, application: null, address: null })
    assert.equal(access.kind, 'refused')
  }
  const trail = await line.trail()
  assert.equal(trail.length, rows + 1)
  assert.deepEqual([trail.at(-1)?.ev, trail.at(-1)?.data], ['sessions.cleared', { sessions: 250, devices: 0 }])
  await line.close()
})

test('remembered browsers are forgotten when that is asked for', async () => {
  const line = await commandLine()
  assert.deepEqual(await line.json('--site acme sessions clear --devices'), { sessions: 0, devices: 0 })
  const { out } = await line.run('--site acme sessions clear --devices')
  assert.equal(out, '0 sessions ended, 0 remembered browsers forgotten.\n')
  await line.close()
})
