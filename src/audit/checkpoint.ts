import type { ChainHead } from './chain.ts'

/** What a checkpoint says: so many entries, this root over them, and the hash of the last one. */
export interface Checkpoint {
  /** Whose log it is, `countersign/site/<id>`. */
  readonly origin: string
  readonly size: number
  /** Root of the hash tree over the entries, hexadecimal. */
  readonly root: string
  /** Hash of entry number `size`, hexadecimal. */
  readonly head: string
}

/** The name under which the log of a site signs. */
export function logOrigin(site: string): string {
  return `countersign/site/${site}`
}

/** The text that is signed: origin, size, root in base64, then one line of ours (C2SP tlog-checkpoint). */
export function checkpointText({ origin, size, root, head }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\nhead ${head}\n`
}

const TEXT = /^([^\s+]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\nhead ([0-9a-f]{64})\n$/

/** Undefined for a text of another form. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [, origin, size, root, head] = TEXT.exec(text) ?? []
  if (origin === undefined || root === undefined || head === undefined) return undefined
  return { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex'), head }
}

/** The place in the chain that a checkpoint vouches for. */
export function checkpointHead({ size, head }: Checkpoint): ChainHead {
  return { seq: size, hash: head }
}
