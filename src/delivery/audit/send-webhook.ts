import { createHmac } from 'node:crypto'
import { auditRecord } from '#audit/record.ts'
import type { StreamBatch } from '#ports/audit-streams.ts'
import type { WebhookConfig } from './sink-config.ts'

const LIMIT_MS = 10_000

/** Entries as one signed POST (Standard Webhooks 1.0). The same entries have the same `webhook-id`, however often they are sent. */
export async function sendWebhook({ url, secret }: WebhookConfig, batch: StreamBatch): Promise<void> {
  const { siteName, rows, missing, sentAt } = batch
  const body = JSON.stringify({
    type: 'audit.entries',
    timestamp: new Date(sentAt).toISOString(),
    data: { site: siteName, missing, entries: rows.map(auditRecord) },
  })
  const id = `audit_${siteName}_${rows[0]?.seq}_${rows.at(-1)?.seq}`
  const timestamp = String(Math.floor(sentAt / 1_000))
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT_MS),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Countersign',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${webhookSignature(secret, id, timestamp, body)}`,
    },
    body,
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`it answered ${response.status}`)
}

/** HMAC-SHA-256 in base64 over id, timestamp and body, with the bytes behind `whsec_` as the key. */
export function webhookSignature(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
}
