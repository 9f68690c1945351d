import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call, Handler } from './call.ts'
import { DOORS } from './doors.ts'
import { onFirstUse } from './on-first-use.ts'

const CALL = {} as Call
const answering =
  (status: number): Handler =>
  async () =>
    new Response(null, { status })

test('the code behind the doors of a protocol is loaded once, with the first call, and every door leads to its own handler', async () => {
  let loads = 0
  const lazy = onFirstUse('saml', async () => {
    loads += 1
    return { 'saml.metadata': answering(201), 'saml.login': answering(202), 'saml.acs': answering(204) }
  })
  assert.equal(loads, 0)
  const called = await Promise.all([lazy['saml.metadata'](CALL), lazy['saml.login'](CALL), lazy['saml.acs'](CALL)])
  assert.deepEqual(
    called.map(({ status }) => status),
    [201, 202, 204],
  )
  assert.equal(loads, 1)
  const named = DOORS.map(({ name }) => name).filter((name) => name.startsWith('saml.'))
  assert.deepEqual(Object.keys(lazy).sort(), [...named].sort())
})

test('what could not be loaded is tried again', async () => {
  let loads = 0
  const lazy = onFirstUse('saml', async () => {
    loads += 1
    if (loads === 1) throw new Error('no file descriptor is left')
    return { 'saml.metadata': answering(200), 'saml.login': answering(200), 'saml.acs': answering(200) }
  })
  await assert.rejects(lazy['saml.login'](CALL), /no file descriptor/)
  assert.equal((await lazy['saml.login'](CALL)).status, 200)
})
