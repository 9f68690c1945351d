import { open } from 'node:fs/promises'
import { auditRecord } from '#audit/record.ts'
import type { StreamBatch } from '#ports/audit-streams.ts'
import type { FileConfig } from './sink-config.ts'

/** Entries as lines of JSON at the end of a file, on the disk when it answers. Checkpoints are among them: the file is an anchor. */
export async function appendFile(
  { path }: FileConfig,
  { siteName, rows, missing, sentAt }: StreamBatch,
): Promise<void> {
  const gap = missing === null ? [] : [{ site: siteName, missing, at: new Date(sentAt).toISOString() }]
  const lines = [...gap, ...rows.map((row) => ({ site: siteName, ...auditRecord(row) }))]
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}
