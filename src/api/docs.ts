import type { SiteAtAddress } from '#domain/site-address.ts'
import { PROBLEMS, type ProblemCode } from '#http/problems.ts'
import { type ApiDoor, type Operation, OPERATIONS } from './operations.ts'
import { apiDoors, openApi, problemsOf } from './openapi.ts'

/** The API as one page to read: plain HTML that asks for nothing else. */
export function docsPage(site: Pick<SiteAtAddress, 'address' | 'name'>): string {
  const { components } = openApi(site) as { components: { schemas: Record<string, unknown> } }
  const doors = apiDoors().map((door) =>
    section(`${door.method} ${site.address}${door.path}`, door.name, OPERATIONS[door.name]),
  )
  const codes = Object.entries(PROBLEMS).map(
    ([code, { status, says }]) => `<dt id="${code}"><code>${code}</code> (${status})</dt><dd>${escape(says)}</dd>`,
  )
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `<h3 id="${name}">${name}</h3><pre>${escape(JSON.stringify(schema, null, 2))}</pre>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Countersign API</title>
<main>
<h1>Countersign API</h1>
<p>JSON in, JSON out. For tools: <a href="openapi.json">openapi.json</a>.</p>
<h2>Operations</h2>
${doors.join('\n')}
<h2>Problems</h2>
<p>Errors are problem details (RFC 9457). Programs switch on <code>code</code>; this list is closed.</p>
<dl>
${codes.join('\n')}
</dl>
<h2>Shapes</h2>
${shapes.join('\n')}
</main>
</html>
`
}

function section(address: string, door: ApiDoor, operation: Operation): string {
  const { id, summary, body, file, answers } = operation
  const link = (name: string): string => `<a href="#${name}"><code>${name}</code></a>`
  const outcomes = Object.entries(answers).map(
    ([status, { says, shapes }]) => `<li>${status} ${shapes.map(link).join(' or ')} ${escape(says)}</li>`,
  )
  const problems = problemsOf(operation).map((code: ProblemCode) => link(code))
  return `<section id="${door}">
<h3><code>${escape(address)}</code></h3>
<p>${escape(summary)} <small>${id}</small></p>
${body ? `<p>Body: ${link(body.shape)}${body.optional ? ' or none' : ''}</p>` : ''}
${file === undefined ? '' : `<p>Body: <code>${file}</code></p>`}
<ul>${outcomes.join('')}</ul>
<p>Problems: ${problems.join(', ')}</p>
</section>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
