import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FLOORS } from './floors/map.ts'
import { offences } from './floors/offences.ts'

test('no file of src crosses a floor', () => {
  const found = globSync('**/*.ts', { cwd: 'src', exclude: ['**/*.test.ts'] })
    .toSorted()
    .flatMap((path) => offences(path, readFileSync(`src/${path}`, 'utf8')).map((what) => `src/${path}: ${what}`))
  assert.deepEqual(found, [])
})

test('the map has no circle: who stands on a floor is not under it', () => {
  for (const [name, floor] of Object.entries(FLOORS))
    for (const below of [...floor.on, ...(floor.types ?? [])]) {
      assert.ok(FLOORS[below], `${name} stands on ${below}, which does not exist`)
      assert.ok(!reach(below).has(name), `${name} and ${below} stand on each other`)
    }
})

test('an interface stands on no adapter and on no other interface', () => {
  const faces = ['web', 'api', 'cli', 'forward-auth', 'openid', 'saml', 'frappe']
  for (const face of faces)
    for (const other of [...faces, 'store', 'delivery', 'system'])
      assert.ok(!FLOORS[face]?.on.includes(other), `${face} on ${other}`)
})

const REFUSED: readonly (readonly [path: string, source: string, why: RegExp])[] = [
  ['domain/user.ts', `import { decide } from '#policy/decide.ts'`, /domain may not stand on policy/],
  ['domain/user.ts', `import type { Rule } from '#policy/rules.ts'`, /domain may not stand on policy/],
  ['domain/user.ts', `export { decide } from '#policy/decide.ts'`, /domain may not stand on policy/],
  ['domain/user.ts', `export * from '#policy/decide.ts'`, /domain may not stand on policy/],
  ['domain/user.ts', `import {\n  z,\n} from 'zod'`, /domain may not use zod/],
  ['policy/decide.ts', `import { openSqlite } from '#store/sqlite.ts'`, /policy may not stand on store/],
  ['policy/decide.ts', `const store = await import('#store/sqlite.ts')`, /policy may not stand on store/],
  ['policy/decide.ts', `const store = await import(name)`, /cannot be checked/],
  ['policy/decide.ts', `import { id } from '../domain/id.ts'`, /imported as #floor/],
  ['policy/decide.ts', `import { rules } from '#policy/rules.ts'`, /imported as \.\/file/],
  ['policy/decide.ts', `import { rules } from './rules'`, /names the file with \.ts/],
  ['authenticators/totp.ts', `import { randomBytes } from 'node:crypto'`, /may not use randomBytes/],
  ['authenticators/totp.ts', `import * as crypto from 'node:crypto'`, /may use only/],
  ['authenticators/totp.ts', `import crypto from 'node:crypto'`, /may use only/],
  ['usecases/sign-in.ts', `import 'node:process'`, /may not use node:process/],
  ['usecases/sign-in.ts', `import { app } from '#app.ts'`, /may not stand on app\.ts/],
  ['store/sqlite.ts', `import { signIn } from '#usecases/sign-in.ts'`, /store may not stand on usecases/],
  ['store/sqlite.ts', `import { pump } from '#delivery/pump.ts'`, /store may not stand on delivery/],
  ['http/guards.ts', `import { CHANNELS } from '#ports/delivery.ts'`, /types only from ports/],
  ['http/guards.ts', `import { type Clock, now } from '#ports/system.ts'`, /types only from ports/],
  ['web/login.ts', `import { openSqlite } from '#store/sqlite.ts'`, /web may not stand on store/],
  ['web/login.ts', `import { routes } from '#api/routes.ts'`, /web may not stand on api/],
  ['cli/serve.ts', `import { Hono } from 'hono/tiny'`, /cli may not use hono/],
  ['config.ts', `import { openSqlite } from '#store/sqlite.ts'`, /may not know store/],
  ['policy/decide.ts', `const at = Date.now()`, /the clock/],
  ['policy/decide.ts', `const at = new Date()`, /the clock/],
  ['policy/decide.ts', `const at = Date()`, /the clock/],
  ['challenge/step.ts', `const chance = Math.random()`, /chance/],
  ['domain/id.ts', `const id = crypto.randomUUID()`, /chance/],
  ['usecases/enrol.ts', `const key = randomBytes(20)`, /chance/],
  ['usecases/send-code.ts', `setTimeout(send, 30_000)`, /a timer/],
  ['usecases/send-code.ts', `if (process.env.DEMO) send()`, /the environment/],
  ['audit/event.ts', `console.log(event)`, /output/],
  ['usecases/send-code.ts', `await fetch(gateway)`, /output/],
  ['policy/index.ts', '', /says nothing/],
  ['web/utils/escape.ts', '', /says nothing/],
  ['http/helpers.ts', '', /says nothing/],
  ['domain/userName.ts', '', /not kebab-case/],
  ['magic/wand.ts', '', /not a floor/],
  ['glue.ts', '', /stand in src itself/],
]

for (const [path, source, why] of REFUSED)
  test(`refused in src/${path}: ${source.replaceAll('\n', ' ') || 'its name'}`, () => {
    assert.match(offences(path, source).join('\n'), why)
  })

const ALLOWED: readonly (readonly [path: string, source: string])[] = [
  [
    'policy/decide.ts',
    `import { z } from 'zod'\nimport type { User } from '#domain/user.ts'\nimport { rules } from './rules.ts'`,
  ],
  ['web/pages/login.ts', `import { html } from 'hono/html'\nimport { layout } from '../layout.ts'`],
  ['authenticators/totp.ts', `import { createHmac, timingSafeEqual } from 'node:crypto'`],
  ['http/guards.ts', `import type { Clock } from '#ports/system.ts'\nimport { type Vault } from '#ports/system.ts'`],
  [
    'domain/time.ts',
    `// Date.now() is the business of system/clock.ts\nexport const iso = (at: number) => new Date(at).toISOString()`,
  ],
  ['domain/site.ts', `/* process.env */ export const origin = 'https://acme.test'`],
  ['app.ts', `import { openSqlite } from '#store/sqlite.ts'\nimport { routes } from '#web/routes.ts'`],
]

for (const [path, source] of ALLOWED)
  test(`allowed in src/${path}: ${source.split('\n')[0] ?? ''}`, () => assert.deepEqual(offences(path, source), []))

function reach(name: string, seen = new Set<string>()): Set<string> {
  for (const below of FLOORS[name]?.on ?? [])
    if (!seen.has(below)) {
      seen.add(below)
      reach(below, seen)
    }
  return seen
}
