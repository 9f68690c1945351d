import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from './metrics.ts'
import { watchProcess } from './process-gauges.ts'

test('counters and histograms are written as Prometheus reads them', () => {
  const metrics = createMetrics()
  metrics.count('countersign_events_total', { event: 'session.created' })
  metrics.count('countersign_events_total', { event: 'session.created' })
  metrics.took('countersign_http_request_seconds', { door: 'page.login' }, 0.003)
  metrics.took('countersign_http_request_seconds', { door: 'page.login' }, 4)
  const text = metrics.text([{ name: 'up', says: 'Up.', value: 1, labels: { of: 'a "b"\\c\n' } }])
  const lines = text.split('\n')
  assert.ok(lines.includes('up{of="a \\"b\\"\\\\c\\n"} 1'))
  assert.ok(lines.includes('# TYPE countersign_events_total counter'))
  assert.ok(lines.includes('countersign_events_total{event="session.created"} 2'))
  const bucket = (le: string) =>
    lines.find((line) => line.includes(`_bucket{door="page.login",le="${le}"}`))?.split(' ')[1]
  assert.deepEqual(['0.0025', '0.005', '2.5', '10', '+Inf'].map(bucket), ['0', '1', '1', '2', '2'])
  assert.ok(lines.includes('countersign_http_request_seconds_count{door="page.login"} 2'))
  assert.ok(text.endsWith('\n'))
})

test('every line is one that the format knows', () => {
  const metrics = createMetrics()
  metrics.count('countersign_conflicts_total', {})
  metrics.took('countersign_http_request_seconds', { door: 'none' }, 0)
  const line = /^(?:# (?:HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? [0-9.e+-]+)$/
  for (const each of metrics.text(watchProcess('1.2.3')()).trimEnd().split('\n')) assert.match(each, line)
})
