import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readCsv } from '#csv/read-csv.ts'
import { readCookies } from '#http/cookies.ts'
import { safeNext } from '#http/next.ts'
import { oddText } from './bodies.ts'
import type { Rounds } from './doors.ts'

const piece = fc.oneof(
  oddText,
  fc.constantFrom(
    '/acme',
    '/',
    '//',
    '\\',
    '..',
    '%2f',
    '%5c',
    'evil.test',
    ':',
    '@',
    '?',
    '#',
    'https:',
    ';',
    '=',
    '"',
    ',',
    '\n',
  ),
)
const pieces = fc.array(piece, { maxLength: 12 }).map((each) => each.join(''))

/** Texts that are read before anybody is asked who sent them. Throws where one breaks the reader or gets past it. */
export function fuzzTexts({ seed, rounds }: Rounds): void {
  const held = { seed, numRuns: rounds }
  fc.assert(
    fc.property(pieces, (text) => {
      const next = safeNext(text, '/acme')
      if (next === undefined) return
      const url = new URL(next, 'https://login.example.com')
      assert.equal(url.origin, 'https://login.example.com')
      assert.match(url.pathname, /^\/acme(?:\/|$)/)
    }),
    held,
  )
  fc.assert(
    fc.property(pieces, (text) => {
      for (const [name, value] of readCookies(text)) assert.ok(!name.includes('=') && !value.includes(';'))
    }),
    held,
  )
  fc.assert(
    fc.property(pieces, (text) => {
      const read = readCsv(text)
      if (read.kind === 'unreadable') assert.ok(read.line >= 1 && !read.problem.includes('\n'))
      else for (const { line } of read.table.rows) assert.ok(line >= 1)
    }),
    held,
  )
}
