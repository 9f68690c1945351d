import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { CliContext } from '#cli/context.ts'
import { type CommandLine, commandLine } from '../../test/command-line.ts'
import { KEY } from '../../test/world.ts'
import { keyId } from '../system/vault.ts'
import { unlock } from '../unlock.ts'

const NEW_KEY = Uint8Array.from({ length: 32 }, (_, index) => 255 - index)
const OLD = keyId(KEY)
const NEW = keyId(NEW_KEY)

async function oneKey(t: TestContext, context: Partial<CliContext> = {}): Promise<CommandLine> {
  const at = await commandLine({ keys: [KEY], context })
  t.after(() => at.close())
  return at
}

/** From here on the command reads a key file of two. */
async function readBothKeys({ ports }: CommandLine): Promise<void> {
  const unlocked = await unlock(ports.store, { keys: [NEW_KEY, KEY], keyFile: 'key', random: ports.random })
  assert.ok(unlocked.kind === 'unlocked')
  Object.assign(ports, { vault: unlocked.vault })
}

test('[SK-01] a new key is put before the old one, and a second command seals everything with it', async (t) => {
  const at = await oneKey(t)
  const added = await at.run('keys add')
  assert.match(added.out, /The first line of \.\/data\/countersign\.key is a new key; the old one is below it/)
  assert.match(added.out + added.err, /restart them one by one; then run: countersign keys rotate/)
  const early = await at.run('keys rotate')
  assert.match(early.out, new RegExp(`${OLD}, the first key of the key file, seals everything already`))

  await readBothKeys(at)
  const rotated = (await at.json('keys rotate')) as Readonly<Record<string, unknown>>
  assert.deepEqual([rotated['key'], rotated['before']], [NEW, [OLD]])
  assert.ok(Number(rotated['resealed']) > 0)
  const again = await at.run('keys rotate')
  assert.equal(again.code, 0)
  assert.match(again.out + again.err, new RegExp(`${OLD} seals nothing any more: take the lines below the first out`))
})

test('[SK-01] on a terminal a bar shows how far the sealing is, and is gone when it is done', async (t) => {
  let shown = ''
  const at = await oneKey(t, { isTerminal: true, err: (text) => void (shown += text) })
  await readBothKeys(at)
  assert.equal((await at.run('keys rotate')).code, 0)
  assert.match(shown, /Sealing .*0\/\d+/)
  assert.match(shown, /(\d+)\/\1/)
})

test('[SK-01] a node with an older key file is named, and nothing is changed', async (t) => {
  const at = await oneKey(t)
  const now = at.clock.now()
  const node = { id: 'n', name: 'login-2', keys: [OLD], sealsWith: OLD, sealsSince: now, seenAt: now }
  await at.ports.store.announceNode(node, 0)
  await readBothKeys(at)
  const refused = await at.run('keys rotate')
  assert.equal(refused.code, 4)
  assert.match(refused.err, new RegExp(`login-2 cannot read what ${NEW} seals: .*Nothing was changed`))
  assert.equal(await at.ports.store.kept('keys_in_use'), OLD)
})
