import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { VARIABLES } from '../../src/config.ts'
import { without } from '../real-parts.ts'

const UNIT = 'deploy/systemd/countersign.service'

test('systemd finds nothing wrong with the unit, and little that it exposes', {
  skip: without('systemd-analyze'),
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-unit-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const unit = join(folder, 'countersign.service')
  // The program is not installed here: any that is stands for it.
  writeFileSync(unit, readFileSync(UNIT, 'utf8').replace('/opt/countersign/bin/countersign.mjs', process.execPath))
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' })
  assert.deepEqual([verified.status, verified.stderr.trim()], [0, ''])
  copyFileSync(UNIT, unit)
  const judged = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit], {
    encoding: 'utf8',
  })
  assert.equal(judged.status, 0, judged.stdout)
})

test('the unit sets variables that there are', () => {
  const names = [...readFileSync(UNIT, 'utf8').matchAll(/COUNTERSIGN_\w+/g)].map(([name]) => name)
  assert.ok(names.length > 0)
  for (const name of names) assert.ok(Object.hasOwn(VARIABLES, name), name)
})
