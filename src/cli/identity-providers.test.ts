import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CERTIFICATE } from '../../test/certificate.ts'
import { commandLine } from '../../test/command-line.ts'

test('identity providers are made, changed, listed and deleted', async (t) => {
  const line = await commandLine({ preset: 'erp' })
  t.after(line.close)
  const folder = await mkdtemp(join(tmpdir(), 'countersign-provider-'))
  t.after(() => rm(folder, { recursive: true }))
  const pem = join(folder, 'idp.pem')
  await writeFile(pem, CERTIFICATE)
  const set = '--site acme identity-providers set adfs'
  const list = '--site acme identity-providers list'

  assert.match((await line.run(list)).out, /^This site has no identity providers\.$/m)
  const incomplete = await line.run(set)
  assert.equal(incomplete.code, 4)
  assert.match(incomplete.err, /^entity-id is missing\.$/m)
  assert.match(incomplete.err, /^Nothing was changed\.$/m)
  assert.equal((await line.run(`${set} --certificate ${folder}/nothing.pem`)).code, 3)
  assert.equal((await line.run(`${set} --second-factor never`)).code, 2)

  const made = await line.run(`${set} --entity-id urn:idp --sso-url https://idp.example/sso --certificate ${pem}`)
  assert.equal(made.out, 'Identity provider adfs: on, second factor require.\n')
  const changed = (await line.json(`${set} --enabled off --second-factor skip --username-attribute uid`)) as object
  assert.deepEqual(changed, {
    name: 'adfs',
    kind: 'saml',
    title: 'adfs',
    enabled: false,
    second_factor: 'skip',
    config: {
      entity_id: 'urn:idp',
      sso_url: 'https://idp.example/sso',
      certificates: [CERTIFICATE],
      username_attribute: 'uid',
      multi_factor_contexts: [],
    },
  })
  assert.deepEqual(await line.json(list), [changed])
  assert.match((await line.run('--site acme identity-providers delete adsf')).err, /Did you mean adfs\?/)
  assert.equal((await line.run('--site acme identity-providers delete adfs')).code, 0)
  assert.deepEqual(await line.json(list), [])
})
