import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { EVENTS } from '#audit/event.ts'
import { COUNTERS, createMetrics, HISTOGRAMS } from '#http/metrics.ts'
import { watchProcess } from '#http/process-gauges.ts'

const GIVEN = new Set([
  ...Object.keys(COUNTERS),
  ...Object.keys(HISTOGRAMS).flatMap((name) => [`${name}_bucket`, `${name}_sum`, `${name}_count`]),
  ...watchProcess('1.0.0')().map(({ name }) => name),
])

/** The figures and the events that a file asks Prometheus for. */
function asked(text: string): { readonly figures: readonly string[]; readonly events: readonly string[] } {
  const figures = [...text.matchAll(/\b(?:countersign|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name)
  const patterns = [...text.matchAll(/event=~?\\?"([^"\\]+)\\?"/g)].map(([, pattern]) => pattern ?? '')
  return { figures, events: patterns.flatMap((pattern) => pattern.split('|')) }
}

for (const path of ['deploy/alerts.yaml', 'deploy/grafana-dashboard.json']) {
  test(`${path} asks for figures and events that there are`, () => {
    const { figures, events } = asked(readFileSync(path, 'utf8'))
    assert.ok(figures.length > 5 && events.length > 5)
    for (const figure of figures) assert.ok(GIVEN.has(figure), figure)
    const known = Object.keys(EVENTS)
    for (const event of events) {
      const pattern = new RegExp(`^${event.replace(/\.(?!\*)/g, '\\.')}$`)
      assert.ok(
        known.some((name) => pattern.test(name)),
        event,
      )
    }
  })
}

test('the dashboard is one JSON document, each panel with a question', () => {
  const { panels } = JSON.parse(readFileSync('deploy/grafana-dashboard.json', 'utf8')) as {
    panels: readonly { title: string; targets: readonly { expr: string }[] }[]
  }
  for (const { title, targets } of panels)
    assert.ok(title !== '' && targets.every(({ expr }) => expr.length > 10), title)
})

test('what is asked of /metrics is there from the beginning, so that an alert never waits for a first event', () => {
  const text = createMetrics().text([])
  for (const name of [...Object.keys(COUNTERS), ...Object.keys(HISTOGRAMS)]) assert.ok(text.includes(`# TYPE ${name} `))
})
