import { canonicalJson } from './canonical.ts'
import { type ChainedEntry, type ChainFault, type ChainHead, type ChainVerdict, faultAfter, START } from './chain.ts'

/**
 * `verifyChain` over entries as they are stored, each the text its hash was made over. A text that is not the canonical
 * JSON of what it holds is `broken` even if its hash fits the data: with a key written twice, two readers of one row
 * would see two different events.
 */
export async function verifyStoredChain(
  entries: AsyncIterable<{ readonly entry: string; readonly hash: string }>,
  from: ChainHead = START,
): Promise<ChainVerdict> {
  let head = from
  for await (const { entry: text, hash } of entries) {
    const entry = parse(text)
    const fault = entry === undefined ? notAnEntry(head, text) : (faultAfter(head, entry, hash) ?? bent(entry, text))
    if (fault !== undefined) return fault
    head = { seq: head.seq + 1, hash }
  }
  return { kind: 'ok', entries: head.seq - from.seq, head }
}

function parse(text: string): ChainedEntry | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as ChainedEntry) : undefined
  } catch {
    return undefined
  }
}

function notAnEntry(head: ChainHead, found: string): ChainFault {
  return { kind: 'broken', seq: head.seq + 1, expected: 'the JSON of an entry', found }
}

function bent(entry: ChainedEntry, found: string): ChainFault | undefined {
  const expected = canonicalJson(entry)
  return expected === found ? undefined : { kind: 'broken', seq: entry.seq, expected, found }
}
