import { readdirSync, readFileSync } from 'node:fs'

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
  readonly file: (path: string, encodings: string) => Response | undefined
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

/**
 * The console as it was built, from `console/dist`. Every file is named after its content, so that it can be kept for ever. All of them
 * are read at once: a build that happens under a running server takes nothing away from the pages that it has handed out.
 */
export function consoleBuild(dist: URL = DIST): ConsoleBuild {
  const entry = entryOf(dist)
  const assets = new URL('assets/', dist)
  const names = entry === null ? [] : readdirSync(assets)
  const files = new Map(names.map((name) => [name, Uint8Array.from(readFileSync(new URL(name, assets)))] as const))
  return {
    entry,
    file(path, encodings) {
      const name = path.slice('/assets/'.length)
      const type = TYPES[name.slice(name.lastIndexOf('.') + 1)]
      const bytes = files.get(name)
      if (type === undefined || bytes === undefined) return undefined
      const headers = {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
      }
      const packed = /\bgzip\b/.test(encodings) ? files.get(`${name}.gz`) : undefined
      return packed === undefined
        ? new Response(bytes, { headers })
        : new Response(packed, { headers: { ...headers, 'content-encoding': 'gzip' } })
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
