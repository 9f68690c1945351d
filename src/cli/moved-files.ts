import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { readCsv } from '#csv/read-csv.ts'
import { readAppTable } from '#moving/app-table.ts'
import { type FernetKey, fernetKey } from '#moving/fernet.ts'
import { frappeSite } from '#moving/frappe-site.ts'
import type { Moved } from '#moving/moved.ts'
import { readOtpauthList } from '#moving/otpauth-list.ts'
import { readPrivacyIdea } from '#moving/privacyidea.ts'
import { EXIT, Failure } from './exit-codes.ts'

export type MovedForm = 'csv' | 'otpauth' | 'privacyidea'

/** What a file of authenticator apps says. */
export async function readMoved(form: MovedForm, path: string): Promise<Moved> {
  const text = await textOf(path)
  if (form === 'otpauth') return readOtpauthList(text)
  if (form === 'privacyidea') return readPrivacyIdea(text)
  const read = readCsv(text)
  if (read.kind === 'table') return readAppTable(read.table)
  throw new Failure(EXIT.refused, `line ${read.line}: ${read.problem}`)
}

/** The key of a Frappe site, out of its configuration or alone in a file. */
export async function readSiteKey(path: string): Promise<FernetKey> {
  const text = await textOf(path)
  const key = fernetKey(fromConfiguration(text) ?? text)
  if (key) return key
  const problem = 'has no encryption_key in it: 44 characters of base64, as in site_config.json'
  throw new Failure(EXIT.refused, `The file ${path} ${problem}.`)
}

/** Reads a dump line by line, whatever its size. `onProgress` is told bytes of the file. */
export async function readFrappeDump(
  path: string,
  key: FernetKey,
  knownRoles: readonly string[],
  onProgress: (done: number, total: number) => void,
): Promise<Moved> {
  const site = frappeSite(key, knownRoles)
  try {
    const { size } = await stat(path)
    const file = createReadStream(path)
    const unpacked = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
    for await (const line of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) {
      site.line(line)
      onProgress(file.bytesRead, size)
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
  return site.end()
}

function fromConfiguration(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('encryption_key' in value)) return undefined
    return typeof value.encryption_key === 'string' ? value.encryption_key : undefined
  } catch {
    return undefined
  }
}

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause)
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Failure(EXIT.refused, `The file ${path} is not UTF-8 text.`)
  }
}

function unreadable(path: string, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
  return new Failure(EXIT.notFound, `The file ${path} cannot be read (${code}).`)
}
