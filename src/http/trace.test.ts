import assert from 'node:assert/strict'
import { test } from 'node:test'
import { traceOf } from './trace.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'

test('the trace of a well-formed traceparent is followed, also of a later version with more behind it', () => {
  assert.equal(traceOf(`00-${TRACE}-00f067aa0ba902b7-01`), TRACE)
  assert.equal(traceOf(`01-${TRACE}-00f067aa0ba902b7-01-more`), TRACE)
})

test('anything else is no trace', () => {
  const bad = [
    null,
    '',
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${TRACE}-00f067aa0ba902b7-01\n{"forged":1}`,
  ]
  for (const each of bad) assert.equal(traceOf(each), null, String(each))
})
