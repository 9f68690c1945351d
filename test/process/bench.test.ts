import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { JOBS } from '../../bench/jobs.ts'

// Every job for a second: whether it runs. How fast it is, no test says.
test('each job of the bench runs, and its figures are figures', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const json = join(folder, 'results.json')
  const { status, stderr } = spawnSync(process.execPath, ['bin/run.mjs', 'bench/run.ts', '--quick', '--json', json], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const { results } = JSON.parse(readFileSync(json, 'utf8')) as {
    results: readonly { job: string; contestant: string; value: number }[]
  }
  for (const { name } of JOBS)
    assert.ok(
      results.some(({ job }) => job.startsWith(name)),
      name,
    )
  for (const { job, contestant, value } of results) assert.ok(value > 0, `${job} ${contestant}`)
})
