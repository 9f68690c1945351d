import { OPERATIONS } from '#api/operations.ts'
import { apiDoors, problemsOf } from '#api/openapi.ts'
import { EVENTS } from '#audit/event.ts'
import { COUNTERS, HISTOGRAMS } from '#http/metrics.ts'
import { PROBLEMS } from '#http/problems.ts'
import { watchProcess } from '#http/process-gauges.ts'

/** The pages that nobody writes: each is made from the list that the server runs on. By path, in Markdown. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['reference/api.md', api()],
    ['reference/errors.md', errors()],
    ['reference/events.md', events()],
    ['reference/figures.md', figures()],
  ])
}

function api(): string {
  const doors = apiDoors().map((door) => {
    const operation = OPERATIONS[door.name]
    const answers = Object.entries(operation.answers).map(([status, { says }]) => [status, says])
    const codes = problemsOf(operation).map((code) => `[\`${code}\`](errors.md#${code})`)
    return [
      `## ${door.method} ${door.path}`,
      operation.summary,
      table(['status', 'answer'], answers),
      `Errors: ${codes.join(', ')}.`,
    ].join('\n\n')
  })
  return page(
    'API',
    'Every address stands below `/{site}`. Shapes of bodies and answers are in the document that the server gives at `/{site}/api/v1/openapi.json`, and on its own page at `/{site}/api/v1/docs`.',
    ...doors,
  )
}

function errors(): string {
  const each = Object.entries(PROBLEMS).map(
    ([code, { status, title, says }]) => `## ${code}\n\n${status}, ${title}. ${says}`,
  )
  return page(
    'Errors',
    'The closed list of codes. An error is a problem document (RFC 9457); programs switch on its `code`.',
    ...each,
  )
}

function events(): string {
  const rows = Object.entries(EVENTS).map(([name, says]) => [`\`${name}\``, says])
  return page('Events', 'The closed list of what is written into the audit log.', table(['event', 'meaning'], rows))
}

function figures(): string {
  const ours = Object.entries({ ...COUNTERS, ...HISTOGRAMS })
  const gauges = watchProcess('0')().map(({ name, says }) => [name, says] as const)
  const rows = [...ours, ...gauges].map(([name, says]) => [`\`${name}\``, says])
  return page(
    'Figures',
    'What `/metrics` tells Prometheus. Alert rules are in `deploy/alerts.yaml`, a dashboard for Grafana in `deploy/grafana-dashboard.json`.',
    table(['figure', 'meaning'], [...new Map(rows.map((row) => [row[0], row])).values()]),
  )
}

function page(title: string, ...parts: readonly string[]): string {
  return [`# ${title}`, ...parts].join('\n\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
