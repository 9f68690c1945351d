import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { billOf, type Lock } from '../scripts/sbom/bill.ts'
import { bundledPackages } from '../scripts/sbom/bundled.ts'

const LOCK = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
const BILL = billOf(LOCK, bundledPackages('.'))

test('[R-228] the bill of materials is CycloneDX 1.6 and has every package of the lockfile once, with version, licence and hash', () => {
  assert.deepEqual([BILL.bomFormat, BILL.specVersion, BILL.version], ['CycloneDX', '1.6', 1])
  const refs = BILL.components.map((each) => each['bom-ref'])
  assert.equal(new Set(refs).size, refs.length)
  const locked = Object.entries(LOCK.packages).filter(([place]) => place !== '')
  const named = new Set(locked.map(([place, { version }]) => `${place.replace(/^.*node_modules\//, '')}@${version}`))
  assert.equal(BILL.components.length, named.size)
  for (const { name, version, purl, hashes, licenses, scope } of BILL.components) {
    assert.ok(named.has(`${name}@${version}`), name)
    assert.match(purl, /^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+/, name)
    for (const { alg, content } of hashes) {
      assert.ok(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'].includes(alg))
      if (alg === 'SHA-512') assert.match(content, /^[0-9a-f]{128}$/, name)
    }
    if (scope === 'required') assert.ok(hashes.length > 0 && licenses.length > 0, name)
  }
})

test('what runs is required, what is built into the console too, and what only tests is excluded', () => {
  const scopesOf = (name: string) => BILL.components.filter((each) => each.name === name).map(({ scope }) => scope)
  for (const name of ['hono', 'zod', 'nodemailer', 'react', '@mantine/core'])
    assert.ok(scopesOf(name).includes('required'), name)
  for (const name of ['oxlint', 'fast-check', 'typescript'])
    assert.deepEqual(new Set(scopesOf(name)), new Set(['excluded']), name)
})

test('every reference of a dependency leads to a component', () => {
  const refs = new Set<string>(BILL.components.map((each) => each['bom-ref']))
  for (const { dependsOn } of BILL.dependencies) for (const each of dependsOn) assert.ok(refs.has(each), each)
  const [root] = BILL.dependencies
  assert.ok(root && root.dependsOn.length >= 14)
})
