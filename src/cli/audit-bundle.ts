import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseBundleHeader, parseBundleLine } from '#audit/bundle.ts'
import { parseVerifier, type Verifier } from '#audit/signed-note.ts'
import { type LogItem, verifyLog } from '#audit/verify-log.ts'
import type { VerifyAuditOutcome } from '#usecases/verify-audit.ts'
import { readAnchors } from './audit-trust.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { unreadable } from './read-text.ts'

export interface BundleTrust {
  /** Left out: the keys that the bundle itself names, which proves only that it was not damaged. */
  readonly keys: readonly Verifier[] | undefined
  readonly anchor: string | undefined
}

/** Verifies an exported log on a machine that has nothing but the file and the public key. */
export async function readBundle(
  path: string,
  { keys, anchor }: BundleTrust,
): Promise<Exclude<VerifyAuditOutcome, { kind: 'unknown-site' }>> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  const reading = lines[Symbol.asyncIterator]()
  const first = await reading.next().catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  const header = first.done === true ? undefined : parseBundleHeader(first.value)
  if (header === undefined)
    throw new Failure(EXIT.usage, `${path} is no exported audit log; "audit export --format bundle" writes one.`)
  const verifiers = keys ?? header.verifiers.flatMap((line) => parseVerifier(line) ?? [])
  const anchors = anchor === undefined ? [] : await readAnchors(anchor, verifiers)
  const items = async function* (): AsyncGenerator<LogItem> {
    for await (const line of { [Symbol.asyncIterator]: () => reading }) yield parseBundleLine(line)
  }
  const verdict = await verifyLog(items(), { verifiers, anchors }, header.start)
  const site = header.name
  if (verdict.kind !== 'ok') return { ...verdict, site }
  const { head, checkpoints, sealed, backwards } = verdict
  return { kind: 'ok', site, first: header.start.head.seq + 1, head, checkpoints, sealed, backwards }
}
