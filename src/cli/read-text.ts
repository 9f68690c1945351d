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
