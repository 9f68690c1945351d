import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

// What only some requests need is loaded by the first of them, so that the first page comes soon and memory is free. One import in the wrong
// place would bring it all back without anybody noticing.

const HEAVY = [
  'oidc-provider',
  'koa',
  'jose',
  '@node-saml',
  '@simplewebauthn',
  '@peculiar',
  'nodemailer',
  'pg',
  'csv-parse',
]

const LOADED = `
  import { registerHooks } from 'node:module'
  const packages = new Set()
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      const [, name] = /node_modules\\/(@?[^/]+)/.exec(found.url) ?? []
      if (name !== undefined) packages.add(name)
      return found
    },
  })
  await import(process.argv[1])
  console.log(JSON.stringify([...packages]))
`

test('a start loads none of the libraries that only some requests need', () => {
  const entry = new URL('../../src/demo.ts', import.meta.url).href
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', LOADED, entry]
  const loaded = JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' })) as string[]
  assert.ok(loaded.includes('zod') && loaded.includes('hono'), 'what every request needs is seen, so the look works')
  assert.deepEqual(
    loaded.filter((each) => HEAVY.includes(each)),
    [],
  )
})
