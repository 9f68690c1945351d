import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countersign, type DemoProcess, startDemoProcess } from './demo-process.ts'
import { openDoor, type Door } from './door.ts'

let demo: DemoProcess
let door: Door
before(async () => {
  demo = await startDemoProcess('manufacturing')
  door = openDoor(demo)
})
after(() => demo?.stop())

test('[S2.1] a setting changed in one terminal holds at the next sign-in in the running server', async () => {
  const turn = async (value: string): Promise<void> => {
    const words = ['--site', 'acme', 'set-config', 'enable_two_factor_auth', value]
    const { code, err } = await countersign(words, demo.environment)
    assert.equal(code, 0, err)
  }
  assert.equal((await door.password('kim')).body.status, 'challenge')
  await turn('false')
  assert.equal((await door.password('kim')).body.status, 'signed_in')
  await turn('true')
  assert.equal((await door.password('kim')).body.status, 'challenge')
})

test('[S2.1] a misspelt setting is met with the nearest one, and changes nothing', async () => {
  const words = ['--site', 'acme', 'set-config', 'enable_two_factor_aut', 'false']
  const { code, out, err } = await countersign(words, demo.environment)
  assert.equal(code, 2)
  assert.equal(out, '')
  assert.match(err, /enable_two_factor_auth\b/)
  assert.equal((await door.password('kim')).body.status, 'challenge')
})
