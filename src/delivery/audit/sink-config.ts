import { issueWords } from '#domain/issue-words.ts'
import { z } from 'zod'
import type { AuditSink, StreamKind } from '#ports/audit-streams.ts'

const syslog = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  protocol: z.enum(['tls', 'tcp', 'udp']).default('tls'),
  format: z.enum(['rfc5424', 'cef']).default('rfc5424'),
  /** PEM text of the authority that signed the receiver's certificate, where it is none that everybody knows. */
  ca: z.string().optional(),
  /** Under which name this server speaks. */
  hostname: z
    .string()
    .regex(/^[\u0021-\u007E]{1,255}$/)
    .default('countersign'),
})

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** `whsec_` and at least 24 bytes in base64 (Standard Webhooks 1.0, "Signature scheme"). */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'is whsec_ and at least 24 bytes in base64'),
})

const file = z.strictObject({ path: z.string().regex(/^\//, 'begins at the root of the file system') })

export type SyslogConfig = z.infer<typeof syslog>
export type WebhookConfig = z.infer<typeof webhook>
export type FileConfig = z.infer<typeof file>

export const SINKS = { syslog, webhook, file } as const satisfies Record<StreamKind, z.ZodType>

/** What is stored is the configuration with its defaults, so that a later version means the same by it. */
export const checkSink: AuditSink['check'] = (kind, config) => {
  const parsed = SINKS[kind].safeParse(config)
  if (parsed.success) return { ok: true, config: JSON.stringify(parsed.data) }
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') || 'The document'
  return { ok: false, problem: `A ${kind} cannot be used like this: ${where}: ${issueWords(issue)}.` }
}
