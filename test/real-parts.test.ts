import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bringRealParts, REAL_PARTS } from './real-parts.ts'

/** A computer with nothing, and a release that has all packages but these. */
function computer(unavailable: readonly string[]) {
  const installed = new Set<string>()
  const calls: (readonly string[])[] = []
  return {
    installed,
    calls,
    has: (name: string) => installed.has(REAL_PARTS[name as keyof typeof REAL_PARTS]),
    install: (packages: readonly string[]) => {
      calls.push(packages)
      if (!packages.some((each) => unavailable.includes(each))) for (const each of packages) installed.add(each)
    },
  }
}

const ALL = new Set<string>(Object.values(REAL_PARTS))

test('one package that is not to be had keeps no other from being installed, and is named', () => {
  const machine = computer(['postgresql-15'])
  const said: string[] = []
  bringRealParts((line) => void said.push(line), machine)
  assert.deepEqual(machine.installed, ALL.difference(new Set(['postgresql-15'])))
  assert.match(said.at(-1) ?? '', /^pg_ctlcluster not found \(Debian: apt-get install postgresql-15\); .* skipped$/)
})

test('where all are to be had it is one call, and where all are there none', () => {
  const machine = computer([])
  const said: string[] = []
  bringRealParts((line) => void said.push(line), machine)
  assert.deepEqual([machine.installed, machine.calls.length, said.length], [ALL, 1, 1])
  bringRealParts((line) => void said.push(line), machine)
  assert.deepEqual([machine.calls.length, said.length], [1, 1])
})

test('where we may install nothing, what is missing is named', () => {
  const said: string[] = []
  bringRealParts((line) => void said.push(line), { has: (name) => name !== 'nginx', install: null })
  assert.deepEqual(said, [
    'nginx not found (Debian: apt-get install nginx-light); the tests that need them are skipped',
  ])
})
