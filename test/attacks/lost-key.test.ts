import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openHouse } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'

// The key file is gone after a move, or another one lies in its place. A server that made itself a new one would call every code wrong
// for ever, or, where secrets cannot be opened, let people in without. It does not start.

async function installation(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-key-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const keyFile = join(folder, 'key')
  const parsed = parseConfig({
    COUNTERSIGN_DATABASE: `sqlite:${join(folder, 'countersign.db')}`,
    COUNTERSIGN_KEY_FILE: keyFile,
  })
  assert.ok(parsed.ok)
  const { config } = parsed
  const first = await openHouse(config, { makeKey: true })
  assert.ok(first.kind === 'open')
  await first.close()
  return { config, keyFile }
}

test('[SK-02] without the key the server does not start, and makes no new one', async (t) => {
  const { config, keyFile } = await installation(t)
  const kept = readFileSync(keyFile)
  rmSync(keyFile)
  const house = await openHouse(config)
  assert.ok(house.kind === 'failed')
  assert.ok(house.message.includes(keyFile))
  assert.ok(!existsSync(keyFile))
  writeFileSync(keyFile, kept, { mode: 0o600 })
  const again = await openHouse(config)
  assert.ok(again.kind === 'open')
  await again.close()
})

test('[SK-03] another key is found at the start, by the check value that is kept, and not by codes that are all wrong', async (t) => {
  const { config, keyFile } = await installation(t)
  const right = readFileSync(keyFile, 'utf8')
  const wrong = Buffer.alloc(32, 7).toString('base64')
  writeFileSync(keyFile, wrong, { mode: 0o600 })
  for (const options of [{}, { makeKey: true }, { migrate: false }]) {
    const house = await openHouse(config, options)
    assert.ok(house.kind === 'failed')
    assert.match(house.message, /not the one that this database was made with/)
    assert.ok(!house.message.includes(wrong) && !house.message.includes(right.trim()))
  }
  writeFileSync(keyFile, right, { mode: 0o600 })
  const again = await openHouse(config)
  assert.ok(again.kind === 'open')
  await again.close()
})
