import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from '../../test/command-line.ts'

test('an application is put behind forward-auth by one command, and moved by another', async () => {
  const line = await commandLine()
  const protect = '--site acme applications protect'
  assert.deepEqual(await line.json(`${protect} wiki --host wiki.example.com --host *.wiki.example.com`), {
    name: 'wiki',
    hosts: ['wiki.example.com', '*.wiki.example.com'],
  })
  assert.deepEqual(await line.json(`${protect} wiki --host docs.example.com`), {
    name: 'wiki',
    hosts: ['docs.example.com'],
  })
  const [changed] = (await line.trail()).filter(({ ev }) => ev === 'application.changed')
  assert.deepEqual(changed?.data['hosts'], {
    from: ['wiki.example.com', '*.wiki.example.com'],
    to: ['docs.example.com'],
  })
  await line.close()
})

test("a host that is none, or another application's, changes nothing and says which", async () => {
  const line = await commandLine()
  await line.json('--site acme applications protect wiki --host wiki.example.com')
  for (const [host, why] of [
    ['https://shop.example.com/', 'is a host in lower case'],
    ['wiki.example.com', 'belongs to the application wiki already'],
    ['*', 'is a host in lower case'],
  ] as const) {
    const { code, err } = await line.run(`--site acme applications protect shop --host ${host}`)
    assert.equal(code, 4)
    assert.ok(err.includes(`${host} ${why}`), err)
  }
  const file = await line.ports.store.siteFile('acme')
  assert.ok(!file?.applications.some(({ name }) => name === 'shop'))
  await line.close()
})
