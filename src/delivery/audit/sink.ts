import type { AuditSink } from '#ports/audit-streams.ts'
import { serverWords } from '../server-words.ts'
import { appendFile } from './append-file.ts'
import { sendSyslog } from './send-syslog.ts'
import { sendWebhook } from './send-webhook.ts'
import { checkSink, SINKS } from './sink-config.ts'

/** Brings entries of audit logs to whoever collects them. */
export function createAuditSink(): AuditSink {
  return {
    check: checkSink,
    async send(kind, config, batch) {
      const document: unknown = JSON.parse(config.reveal())
      try {
        switch (kind) {
          case 'syslog':
            await sendSyslog(SINKS.syslog.parse(document), batch)
            break
          case 'webhook':
            await sendWebhook(SINKS.webhook.parse(document), batch)
            break
          case 'file':
            await appendFile(SINKS.file.parse(document), batch)
            break
        }
        return { kind: 'taken' }
      } catch (error) {
        return { kind: 'failed', why: serverWords(reason(error), secretsIn(document)) }
      }
    },
  }
}

/** `fetch` says only that it failed; why is in the cause. */
function reason(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(inner instanceof Error)) return 'unknown error'
  const { code } = inner as NodeJS.ErrnoException
  return inner.message || (code ?? inner.name)
}

function secretsIn(document: unknown): readonly string[] {
  const { secret } = document as { readonly secret?: unknown }
  return typeof secret === 'string' ? [secret, secret.slice('whsec_'.length)] : []
}
