import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** What the build left for the shell page: the first script, and the stylesheets that belong to it. */
export interface ConsoleEntry {
  readonly script: string
  readonly styles: readonly string[]
  /** Scripts that the first one imports, so that they are fetched together. */
  readonly preloads: readonly string[]
}

export interface ConsoleBuild {
  /** null: the console was not built. */
  readonly entry: ConsoleEntry | null
  /** A file of the build by its path; undefined: not one of them. */
  readonly file: (path: string, encodings: string) => Promise<Response | undefined>
}

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
}

const DIST = new URL('../../console/dist/', import.meta.url)
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

/** The console as it was built, from `console/dist`. Every file is named after its content, so that it can be kept for ever. */
export function consoleBuild(dist: URL = DIST): ConsoleBuild {
  const entry = entryOf(dist)
  const names = new Set(entry === null ? [] : readdirSync(new URL('assets/', dist)))
  const packed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  const read = (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const kept = packed.get(name) ?? readFile(new URL(`assets/${name}`, dist)).then((bytes) => Uint8Array.from(bytes))
    packed.set(name, kept)
    return kept
  }
  return {
    entry,
    async file(path, encodings) {
      const name = path.slice('/assets/'.length)
      const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]
      if (type === undefined || !names.has(name)) return undefined
      const headers = {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
      }
      if (!names.has(`${name}.gz`) || !/\bgzip\b/.test(encodings)) return new Response(await read(name), { headers })
      return new Response(await read(`${name}.gz`), { headers: { ...headers, 'content-encoding': 'gzip' } })
    },
  }
}

function entryOf(dist: URL): ConsoleEntry | null {
  const manifest = manifestOf(dist)
  const entry = manifest && Object.values(manifest).find((chunk) => chunk.isEntry === true)
  if (!manifest || !entry) return null
  const imported = (entry.imports ?? []).flatMap((name) => manifest[name] ?? [])
  const styles = [entry, ...imported].flatMap(({ css = [] }) => css)
  return {
    script: `/${entry.file}`,
    styles: styles.map((file) => `/${file}`),
    preloads: imported.map(({ file }) => `/${file}`),
  }
}

function manifestOf(dist: URL): Readonly<Record<string, Chunk>> | null {
  try {
    return JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8')) as Readonly<Record<string, Chunk>>
  } catch {
    return null
  }
}
