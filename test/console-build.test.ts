import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

const DIST = new URL('../console/dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('manifest.json', DIST), 'utf8')) as Readonly<Record<string, Chunk>>
const MOST = 250 * 1024

/** A chunk with everything that is loaded together with it. */
function withImports(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const each of manifest[name]?.imports ?? []) withImports(each, found)
  return found
}

function weight(names: ReadonlySet<string>): number {
  const files = [...names].map((name) => manifest[name]?.file ?? '')
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, DIST))).length, 0)
}

test('the first page of the console is less than 250 kB of compressed JavaScript, and charts are loaded when they are seen', () => {
  const [entry = ''] = Object.entries(manifest).find(([, chunk]) => chunk.isEntry) ?? []
  const first = new Set([...withImports(entry), ...withImports('src/pages/overview.tsx')])
  assert.ok(first.size > 2)
  const bytes = weight(first)
  assert.ok(bytes < MOST, `${bytes} bytes`)
  const charts = 'src/parts/activity.tsx'
  assert.ok(manifest[charts], 'the charts are a part of their own')
  assert.ok(!first.has(charts))
  assert.ok(manifest['src/pages/overview.tsx']?.dynamicImports?.includes(charts))
})
