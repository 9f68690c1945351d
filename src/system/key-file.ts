import { constants, createReadStream } from 'node:fs'
import { open, realpath, rename, stat, unlink } from 'node:fs/promises'
import type { Random } from '#ports/system.ts'

const KEY_BYTES = 32
const LONGEST_FILE = 1_024

export type Keys = readonly [Uint8Array, ...Uint8Array[]]

export type KeyFile =
  | {
      readonly kind: 'keys'
      /** The newest first. */
      readonly keys: Keys
      /** Said at start, refused never. */
      readonly warning?: string
    }
  | { readonly kind: 'unreadable'; readonly message: string }

export type NewKeyFile =
  | { readonly kind: 'created'; readonly key: Uint8Array }
  | { readonly kind: 'refused'; readonly message: string }

/**
 * The keys of this installation: a file with a key on each line, the newest first, each of 32 bytes as 64 hexadecimal digits or in
 * base64 (either alphabet, padded or not). More than one are there while the first takes the place of the others. What is wrong comes
 * back as one sentence for the operator, which never holds a part of the file.
 */
export async function readKeyFile(path: string): Promise<KeyFile> {
  const read = await textOf(path).catch((cause: unknown) => ({ failed: whyNot('read', path, cause) }))
  if (typeof read !== 'string') return { kind: 'unreadable', message: read.failed }
  const keys = keysIn(read)
  if (keys === undefined) {
    const expected = `${KEY_BYTES} bytes as ${2 * KEY_BYTES} hexadecimal digits or in base64, no key twice`
    return {
      kind: 'unreadable',
      message: `The key file ${path} does not hold a key on each line: expected ${expected}.`,
    }
  }
  return (await isOpenToOthers(path))
    ? {
        kind: 'keys',
        keys,
        warning: `The key file ${path} can be read by other users of this machine; chmod 600 closes it.`,
      }
    : { kind: 'keys', keys }
}

/**
 * Puts a new key before those of a key file, which it does not replace: the file is written anew beside the old one and takes its name
 * at once, so that there is no moment without the old keys. Its owner and rights stay.
 */
export async function addKeyToFile(path: string, random: Random): Promise<NewKeyFile> {
  const read = await readKeyFile(path)
  if (read.kind === 'unreadable') return { kind: 'refused', message: read.message }
  const key = random.bytes(KEY_BYTES)
  const lines = [key, ...read.keys].map((each) => `${Buffer.from(each).toString('base64')}\n`).join('')
  if (lines.length > LONGEST_FILE) {
    return { kind: 'refused', message: `The key file ${path} is full: take out keys that seal nothing any more.` }
  }
  try {
    // What a link names is changed, and the link stays.
    const real = await realpath(path)
    const { mode, uid, gid } = await stat(real)
    const part = `${real}.new`
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(lines)
      await file.chown(uid, gid)
      await file.chmod(mode & 0o777)
      await file.sync()
      await rename(part, real)
    } catch (cause) {
      await unlink(part)
      throw cause
    } finally {
      await file.close()
    }
    return { kind: 'created', key }
  } catch (cause) {
    return { kind: 'refused', message: whyNot('written', path, cause) }
  }
}

/**
 * Writes a new key, readable by its owner only. An existing file is never overwritten: the secrets sealed with it would
 * be lost.
 */
export async function createKeyFile(path: string, random: Random): Promise<NewKeyFile> {
  const key = random.bytes(KEY_BYTES)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(`${Buffer.from(key).toString('base64')}\n`)
      // Secrets will be sealed with it within the second; it must not be the one thing a power cut takes.
      await file.sync()
    } catch (cause) {
      await unlink(path)
      throw cause
    } finally {
      await file.close()
    }
    return { kind: 'created', key }
  } catch (cause) {
    return { kind: 'refused', message: whyNot('written', path, cause) }
  }
}

/** At most the first kilobyte, so that a wrong path (a disk, an endless device) costs nothing. */
async function textOf(path: string): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of createReadStream(path, { end: LONGEST_FILE })) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('latin1')
}

function keysIn(text: string): Keys | undefined {
  const keys: Uint8Array[] = []
  for (const line of text.trim().split(/\s+/)) {
    const key = decode(line)
    if (key === undefined || keys.some((each) => Buffer.compare(each, key) === 0)) return undefined
    keys.push(key)
  }
  const [first, ...others] = keys
  return first && [first, ...others]
}

function decode(text: string): Uint8Array | undefined {
  // Hexadecimal first: its 64 digits would be base64 as well, for 48 bytes.
  if (/^[0-9a-f]{64}$/i.test(text)) return new Uint8Array(Buffer.from(text, 'hex'))
  if (/^[\w+/-]{43}=?$/.test(text)) return new Uint8Array(Buffer.from(text, 'base64'))
  return undefined
}

/** A file that somebody else owns and only our own group may read is how a cluster hands a secret over. */
async function isOpenToOthers(path: string): Promise<boolean> {
  // Windows has no such bits and reports all of them.
  if (process.platform === 'win32') return false
  const { mode, uid, gid } = await stat(path)
  const handedOver = uid !== process.getuid?.() && gid === process.getgid?.()
  const others = constants.S_IRWXO | constants.S_IRWXG
  return (mode & (handedOver ? others & ~constants.S_IRGRP : others)) !== 0
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this program may not open it',
  EPERM: 'this program may not open it',
  EISDIR: 'it is a folder',
  EEXIST: 'there is a file already, and it is never overwritten',
}

function whyNot(what: 'read' | 'written', path: string, cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
  return `The key file ${path} cannot be ${what}: ${REASONS[code] ?? code}.`
}
