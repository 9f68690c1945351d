import { type Checkpoint, parseCheckpoint } from '#audit/checkpoint.ts'
import { openNote, parseVerifier, type Verifier } from '#audit/signed-note.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { readText } from './read-text.ts'

export interface TrustFlags {
  /** File with verifier lines. */
  readonly pubkey?: string
  /** File with checkpoints that were kept elsewhere. */
  readonly anchor?: string
}

/** The keys of a file, a line each. A line that is no key is a mistake to be told: a check by half the keys is none. */
export async function readVerifiers(path: string): Promise<readonly Verifier[]> {
  const lines = (await readText(path)).split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  if (lines.length === 0) throw new Failure(EXIT.usage, `There is no key in ${path}; "audit key" prints it.`)
  return lines.map((line, index) => {
    const verifier = parseVerifier(line)
    if (verifier === undefined)
      throw new Failure(EXIT.usage, `Line ${index + 1} of ${path} is no public key; "audit key" prints it.`)
    return verifier
  })
}

/** Checkpoints of a file: one note as it is, or many as JSON lines with a `note` each, such as an anchor file or an exported log. */
export async function readAnchors(path: string, trusted: readonly Verifier[]): Promise<readonly Checkpoint[]> {
  const text = await readText(path)
  const notes = text.startsWith('{') ? text.split('\n').flatMap(noteOf) : [text]
  const opened = notes.flatMap((note) => {
    const found = openNote(note, trusted)
    return found === 'unsigned' ? [] : (parseCheckpoint(found.text) ?? [])
  })
  if (opened.length === 0)
    throw new Failure(EXIT.usage, `No checkpoint in ${path} is signed by a key that counts here.`)
  return opened
}

function noteOf(line: string): readonly string[] {
  try {
    const { note, data } = JSON.parse(line) as { note?: unknown; data?: { note?: unknown } }
    return [note, data?.note].filter((each) => typeof each === 'string')
  } catch {
    return []
  }
}
