import { readFile } from 'node:fs/promises'
import { EXIT, Failure } from './exit-codes.ts'

/** A file that somebody named, as text. One that cannot be read ends the command with its name and the reason. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

export function unreadable(path: string, cause: unknown): Failure {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
  return new Failure(EXIT.notFound, `The file ${path} cannot be read (${code}).`)
}

/** What JSON.parse says of broken text repeats a piece of it, which may be a password; we do not. An object, so never a bare word. */
export function jsonDocument(text: string): object {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw new Failure(EXIT.refused, 'The configuration is not a JSON document.')
  }
  if (typeof document === 'object' && document !== null) return document
  throw new Failure(EXIT.refused, 'The configuration is not a JSON object.')
}
