import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_TOTP } from '#domain/authenticator.ts'
import { seconds } from '#domain/time.ts'
import type { Moved } from '#moving/moved.ts'
import { apiWorld } from '../../test/api-world.ts'
import { codeOf } from '../../test/phone.ts'
import { ADMIN } from '../../test/world.ts'
import { moveIn } from './move-in.ts'

const nothing: Moved = { users: [], apps: [], problems: [], left: new Map() }
const app = (line: number, username: string, secret: string) => ({
  line,
  username,
  secret: new Uint8Array(Buffer.from(secret)),
  parameters: NEW_TOTP,
})

test('[UP-05] a short secret works like any other, and the list of authenticators says that it is short', async (t) => {
  const at = await apiWorld({ preset: 'erp' })
  t.after(at.close)
  const apps = [app(1, 'kim', 'Hello!\u0001\u0002\u0003\u0004'), app(2, 'sam', '12345678901234567890')]
  const outcome = await moveIn(at.ports, { ...ADMIN, site: 'acme', moved: { ...nothing, apps }, dryRun: false })
  assert.deepEqual(outcome, { kind: 'moved', users: 0, known: 0, passwords: 0, apps: 2, short: ['kim'] })
  for (const [username, short] of [
    ['kim', true],
    ['sam', false],
  ] as const) {
    const { body } = await at.api(`GET /users/${username}/authenticators`, { token: at.keys.admin })
    assert.deepEqual(
      body.items.map((item: { short_secret: boolean }) => item.short_secret),
      [short],
    )
  }
  at.clock.pass(seconds(30))
  const pending = (await at.login('kim')).body.pending.token
  const code = codeOf('JBSWY3DPEEAQEAYE', at.clock.now())
  assert.equal((await at.api('POST /login/verify', { token: pending, body: { code } })).body.status, 'signed_in')
})

test('a thousand users move in by one commit, told as it goes on, and can each be accounted for', async (t) => {
  const at = await apiWorld({ preset: 'erp' })
  t.after(at.close)
  const users = Array.from({ length: 1_000 }, (_, index) => ({
    line: index + 1,
    username: `user${index}`,
    kind: 'system' as const,
    status: 'active' as const,
    roles: [],
    passwordHash: null,
  }))
  const apps = users.map(({ line, username }) => app(line, username, '12345678901234567890'))
  const told: string[] = []
  const order = { ...ADMIN, site: 'acme', moved: { ...nothing, users, apps }, dryRun: false }
  const before = (await at.ports.store.auditHead(at.site.id))?.seq ?? 0
  const outcome = await moveIn(at.ports, {
    ...order,
    onProgress: (stage, done, total) => told.push(`${stage} ${done}/${total}`),
  })
  assert.equal(outcome.kind, 'moved')
  assert.deepEqual([told[0], told.at(-1)], ['checking 0/2000', 'saving 2000/2000'])
  assert.ok(told.length > 20)
  assert.equal(((await at.ports.store.auditHead(at.site.id))?.seq ?? 0) - before, 2_000)
  const again = await moveIn(at.ports, { ...order, moved: { ...nothing, users } })
  assert.deepEqual(again.kind === 'moved' && [again.users, again.known], [0, 1_000])
})
