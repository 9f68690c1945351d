import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { EVERY_SITE, all } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { enrol } from '../enrolment-steps.ts'
import { LOOPS, rounds } from '../faults/how-long.ts'
import { brokenInvariants } from '../faults/invariants.ts'
import { assertKept, killUnderLoad, nothingTold } from '../faults/kill-under-load.ts'
import { freePort, startNode, writeKey } from '../nodes/node-process.ts'
import { world } from '../world.ts'

test('[ST-02] a server on SQLite, killed under load again and again: what was told is so, every code that passed is spent, the file is whole', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-killed-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeKey(folder)
  const url = `sqlite:${join(folder, 'countersign.db')}`
  const site = await world({ preset: 'erp', database: url, now: Date.now() - minutes(10) })
  await site.set({ 'enrolment.channel': 'screen', 'lock.after': 50, 'code.max_attempts': 10 })
  const secrets = new Map<string, string>()
  for (const username of ['sam', 'op']) secrets.set(username, await enrol(site, username))
  site.clock.pass(seconds(60))
  await site.close()

  const installation = { folder, database: url, origin: `http://127.0.0.1:${await freePort()}` }
  const told = nothingTold()
  let kills = 0
  for (const round of rounds(LOOPS.kills)) {
    const node = await startNode(installation)
    await assertKept(node, told, site.keys.admin)
    await killUnderLoad(node, told, { adminKey: site.keys.admin, secrets, acts: 5 + (round % 9) * 4 })
    kills = round
  }
  const node = await startNode(installation)
  await assertKept(node, told, site.keys.admin)
  assert.equal(await node.stop(), 0)

  const database = await openDatabase(url, { migrate: false })
  t.after(() => database.close())
  const whole = await database.together('read', () => all('PRAGMA integrity_check'), EVERY_SITE)
  assert.deepEqual(
    whole.map((row) => Object.values(row)),
    [['ok']],
  )
  const watched = { secrets: [...told.open, ...secrets.values()], toldWrong: new Map() }
  assert.deepEqual(await brokenInvariants(database, watched), [])
  t.diagnostic(`${kills} kills, ${told.acts} acts told`)
})
