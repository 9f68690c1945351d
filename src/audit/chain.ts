import { createHash, hash as digest } from 'node:crypto'
import { canonicalJson, type JsonValue } from './canonical.ts'

/**
 * The digest of a personal value (`sealPersonal`). The value and its salt lie in a row of their own beside the entry;
 * when that row is erased the entry still verifies and nobody can tell what the value was.
 */
export type PersonalRef = string

/** Who acted or was acted upon, by id; the name is personal and lies beside the chain. */
export interface ChainedParty {
  readonly type: string
  readonly id: string
}

/** One line of a site's audit chain. It holds no personal value, only references to them. */
export interface ChainedEntry {
  /** The form of this record. An entry is verified by the rules of its own form for ever. */
  readonly v: 1
  readonly site: string
  /** 1 for the first entry of a site, then without gaps. */
  readonly seq: number
  /** The hash of the entry before; GENESIS for the first. */
  readonly prev: string
  /** RFC 3339, UTC. */
  readonly at: string
  /** The event, such as `auth.factor.ok`. */
  readonly ev: string
  readonly actor: ChainedParty
  readonly subject: ChainedParty | null
  readonly app: string | null
  /** The request that caused it. */
  readonly req: string | null
  readonly data: Readonly<Record<string, JsonValue>>
  /** Client address, browser and the names of actor and subject: all that is personal, under one digest. */
  readonly pii: PersonalRef | null
}

/** A place in the chain: the last entry that counts, with its hash. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** What stands before the first entry of every site. */
export const GENESIS = '0'.repeat(64)

const SALT_BYTES = 32

/** SHA-256 in hexadecimal over 0x00, the name of the form, 0x00 and the canonical JSON of the entry (RFC 8785). */
export function entryHash(entry: ChainedEntry): string {
  return textHash(canonicalJson(entry))
}

/** The same over the canonical JSON itself. */
export function textHash(canonical: string): string {
  return digest('sha256', `\0countersign-audit-v1\0${canonical}`)
}

/**
 * SHA-256 in hexadecimal over salt and value. The salt is 32 random bytes of this value alone (RangeError otherwise):
 * an address or a phone number without one is found by trying them all.
 */
export function sealPersonal(value: string, salt: Uint8Array): PersonalRef {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`)
  return createHash('sha256').update(salt).update(value).digest('hex')
}

/**
 * `gap`: entry `seq` is missing. `broken`: what stands in the place of entry `seq` is not what was written there;
 * `expected` and `found` are hashes (of the entry before it, or its own) or, when an entry stands there twice, numbers.
 * `unknown-form`: written by a newer version, whose rules are not known here.
 */
export type ChainFault =
  | { readonly kind: 'gap'; readonly seq: number }
  | { readonly kind: 'broken'; readonly seq: number; readonly expected: string; readonly found: string }
  | { readonly kind: 'unknown-form'; readonly seq: number }

export type ChainVerdict = { readonly kind: 'ok'; readonly entries: number; readonly head: ChainHead } | ChainFault

/** The start of a walk over a whole chain. */
export const START: ChainHead = { seq: 0, hash: GENESIS }

/**
 * Walks entries of one site in their order and stops at the first that does not fit. `from` is the place known to be
 * good (a checkpoint, or the head an earlier call answered); without it the walk begins at the first entry ever.
 * Entries cut off at the end leave no trace here: that takes a head or a checkpoint from elsewhere.
 */
export function verifyChain(
  entries: Iterable<{ readonly entry: ChainedEntry; readonly hash: string }>,
  from: ChainHead = START,
): ChainVerdict {
  let head = from
  for (const { entry, hash } of entries) {
    const fault = faultAfter(head, entry, hash)
    if (fault !== undefined) return fault
    head = { seq: entry.seq, hash }
  }
  return { kind: 'ok', entries: head.seq - from.seq, head }
}

/** What is wrong with this entry as the one after `head`, if anything is. `hashed`: for whoever has its text at hand already. */
export function faultAfter(
  head: ChainHead,
  entry: ChainedEntry,
  hash: string,
  hashed: () => string = () => hashOf(entry),
): ChainFault | undefined {
  const seq = head.seq + 1
  if ((entry.v as number) !== 1) return { kind: 'unknown-form', seq }
  if (entry.seq > seq) return { kind: 'gap', seq }
  if (entry.seq !== seq) return { kind: 'broken', seq, expected: `seq ${seq}`, found: `seq ${entry.seq}` }
  if (entry.prev !== head.hash) return { kind: 'broken', seq, expected: head.hash, found: entry.prev }
  const expected = hashed()
  return expected === hash ? undefined : { kind: 'broken', seq, expected, found: hash }
}

/** An entry that was bent until it is no JSON any more is a broken entry, not a reason to stop the verifier. */
function hashOf(entry: ChainedEntry): string {
  try {
    return entryHash(entry)
  } catch {
    return 'none: the entry is not plain JSON'
  }
}
