import { openNote, parseVerifier, signNote, type Verifier } from './signed-note.ts'

/** What both keys sign when the second takes over from the first. */
export function keyChangeText(before: string, after: string): string {
  return `countersign audit key change\nfrom ${before}\nto ${after}\n`
}

/** A note with two signatures: of the key that goes and of the one that comes. */
export function countersignNote(text: string, name: string, before: Uint8Array, after: Uint8Array): string {
  const second = signNote(text, name, after).slice(text.length + 1)
  return signNote(text, name, before) + second
}

/** The verifier that takes over, when a trusted one and itself have signed that; none for anything else. */
export function acceptedChange(note: unknown, trusted: readonly Verifier[]): readonly Verifier[] {
  const opened = typeof note === 'string' ? openNote(note, trusted) : 'unsigned'
  if (typeof note !== 'string' || opened === 'unsigned') return []
  const [, to] = /^countersign audit key change\nfrom \S+\nto (\S+)\n$/.exec(opened.text) ?? []
  const next = to === undefined ? undefined : parseVerifier(to)
  return next !== undefined && openNote(note, [next]) !== 'unsigned' ? [next] : []
}
