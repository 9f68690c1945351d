import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { JOBS } from '../../bench/jobs.ts'
import { measured, type Run } from '../../bench/page.ts'
import type { Result } from '../../bench/result.ts'
import { renderMarkdown } from '../../scripts/docs/markdown.ts'

// Every job for a second: whether it runs, and whether what it is answered is right. How fast it is, no test says.
test('each job of the bench runs, its figures are figures, and they become a page', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const json = join(folder, 'results.json')
  const { status, stderr } = spawnSync(process.execPath, ['bin/run.mjs', 'bench/run.ts', '--quick', '--json', json], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const run = JSON.parse(readFileSync(json, 'utf8')) as Run
  for (const { name } of JOBS)
    assert.ok(
      run.results.some(({ job }) => job.includes(name)),
      name,
    )
  for (const { job, contestant, value } of run.results) assert.ok(value > 0, `${job} ${contestant}`)
  const { headings } = renderMarkdown(measured(run).text)
  assert.equal(headings.length, 1 + new Set(run.results.map(({ job }) => job)).size)
})

test('a promise that was not kept is said first, and what grows has a plot', () => {
  const figure = { job: 'audit-search', unit: 'milliseconds; less is better', slowest: 3, fastest: 1 }
  const more = { p99Milliseconds: null, cpu: null }
  const missed = { says: '≤ 1 ms', held: false, only: 'must' } as const
  const results: readonly Result[] = [
    { ...figure, ...more, contestant: 'countersign', rows: 10, value: 2, must: null },
    { ...figure, ...more, contestant: 'countersign', rows: 1_000, value: 2, must: missed },
  ]
  const machine = { cpu: 'some', cores: 2, memory: 2 ** 33, node: 'v24.0.0', system: 'linux' }
  const { text, plots } = measured({ at: '2026-11-26T00:00:00Z', quick: false, machine, results })
  assert.match(text, /### Where we are behind\n\n- audit-search, countersign at 1,000 rows: the promise ≤ 1 ms/)
  assert.deepEqual(
    plots.map(({ file }) => file),
    ['pictures/performance-audit-search.svg'],
  )
  assert.match(plots[0]?.svg ?? '', /<polyline points="80\.0,[\d.]+ 520\.0,/)
})
