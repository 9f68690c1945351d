import { rfc3339 } from '#domain/time.ts'
import { STREAM_KINDS, type StreamKind } from '#ports/audit-streams.ts'
import { addAuditStream } from '#usecases/add-audit-stream.ts'
import { removeAuditStream } from '#usecases/remove-audit-stream.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, didYouMean, type Job, busy, notFound } from './job.ts'
import { table } from './output.ts'
import { jsonDocument, readText } from './read-text.ts'

export interface AddStreamFlags {
  readonly kind: string
  readonly file: string
  readonly fromStart?: true
}

export function listStreams(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file }) => {
    const head = (await ports.store.auditHead(file.site.id))?.seq ?? 0
    const streams = (await ports.store.auditStreams(file.site.id)).map((each) => ({
      name: each.name,
      kind: each.kind,
      sent: each.sentSeq,
      waiting: Math.max(0, head - each.sentSeq),
      failing_since: each.failingSince === null ? null : rfc3339(each.failingSince),
      error: each.lastError,
    }))
    const rows = streams.map((each) => [
      each.name,
      each.kind,
      String(each.waiting),
      each.failing_since ?? '',
      each.error ?? '',
    ])
    answer(job, streams, table(['Name', 'Kind', 'Waiting', 'Failing since', 'Error'], rows))
  })
}

/** Keys are in the document: it comes from a file or from standard input, and is shown nowhere. */
export async function addStream(job: Job, name: string, flags: AddStreamFlags): Promise<void> {
  const kind = kindNamed(flags.kind)
  const config = jsonDocument(flags.file === '-' ? await job.context.input() : await readText(flags.file))
  await atSite(job, async ({ ports, order }) => {
    const fromStart = flags.fromStart === true
    const outcome = await addAuditStream(ports, { ...order, name, kind, config, fromStart })
    switch (outcome.kind) {
      case 'added':
        return answer(job, { name, kind, sent: outcome.stream.sentSeq }, `The log is sent on to ${name}.`)
      case 'invalid':
        throw new Failure(EXIT.refused, outcome.problem)
      case 'name-taken':
        throw new Failure(EXIT.refused, `There is a receiver ${name} already: remove it first, or take another name.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

export function removeStream(job: Job, name: string): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await removeAuditStream(ports, { ...order, name })
    switch (outcome.kind) {
      case 'removed':
        return answer(job, { removed: name }, `Nothing is sent on to ${name} any more.`)
      case 'unknown-stream':
        throw notFound('receiver', name, outcome.known)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

function kindNamed(typed: string): StreamKind {
  const kind = STREAM_KINDS.find((each) => each === typed)
  if (kind) return kind
  throw new Failure(EXIT.usage, `--kind is syslog, webhook or file, not "${typed}".${didYouMean(typed, STREAM_KINDS)}`)
}
