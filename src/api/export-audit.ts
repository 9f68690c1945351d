import type { Ports } from '#ports/ports.ts'
import { exportAudit } from '#usecases/export-audit.ts'
import { queryOf } from './audit.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { readQuery } from './input.ts'
import { refusal } from './login.ts'
import { ExportFilter } from './report-schemas.ts'

/** `GET /audit/export`: the log as a file, written while it is read, so that its length does not matter. */
export function getAuditExport(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, ExportFilter)
    if (input.kind === 'refused') return input.response
    const { format, ...filter } = input.value
    const outcome = await exportAudit(ports, {
      site: call.site.name,
      format,
      filter: await queryOf(ports, call, filter),
    })
    if (outcome.kind === 'unknown-site') return refusal(ports, call)('not_found')
    return new Response(bytesOf(outcome.chunks), {
      headers: {
        'content-type': outcome.contentType,
        'content-disposition': `attachment; filename="audit-${call.site.name}.${format}"`,
      },
    })
  }
}

function bytesOf(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const reader = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    // Whoever goes away in the middle stops the reading.
    async cancel() {
      await reader.return?.()
    },
  })
}
