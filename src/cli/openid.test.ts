import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from '../../test/command-line.ts'

test('one command makes an application a client and prints its secret, this once', async () => {
  const line = await commandLine()
  const made = (await line.json('--site acme openid set wiki --redirect https://wiki.test/callback')) as Record<
    string,
    string
  >
  assert.equal(made['issuer'], `${line.ports.origin}/acme/oidc`)
  assert.match(made['client_secret'] ?? '', /^cs_oidc_/)
  const again = await line.run('--site acme openid set wiki --after-logout https://wiki.test/')
  assert.equal(again.code, 0)
  assert.doesNotMatch(again.out, /secret/)
  const listed = await line.json('--site acme openid list')
  assert.deepEqual(listed, [
    {
      client_id: 'wiki',
      public: false,
      redirect_uris: ['https://wiki.test/callback'],
      post_logout_redirect_uris: ['https://wiki.test/'],
    },
  ])
  assert.equal((await line.run('--site acme openid remove wiki')).code, 0)
  assert.equal((await line.run('--site acme openid remove wiki')).code, 3)
  await line.close()
})

test('an address that nobody may be led to is refused by name', async () => {
  const line = await commandLine()
  const { code, err } = await line.run('--site acme openid set wiki --redirect http://wiki.test/callback')
  assert.equal(code, 4)
  assert.match(err, /redirect_uris\/0: is encrypted/)
  await line.close()
})

test('signing keys are replaced by a command, which says what becomes of the old ones', async () => {
  const line = await commandLine()
  assert.match((await line.run('--site acme openid rotate-keys')).out, /published until 2026-11-04T09:00:00.000Z/)
  assert.match((await line.run('--site acme openid rotate-keys --compromised')).out, /worth nothing/)
  await line.close()
})
