import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { manPage } from '#cli/man-page.ts'

// Writes lib/, which the package carries instead of src/: Node.js runs no TypeScript below node_modules. Types are blanked out and nothing
// else happens, so that a line of a stack trace is the line of the source. Run by `npm pack`.
const ROOT = join(import.meta.dirname, '..')
const SOURCE = join(ROOT, 'src')
// `npm pack` wants it in the checkout; a test, which may run beside another one, wants it elsewhere.
const LIB = process.argv.find((_, at, all) => all[at - 1]?.endsWith('scripts/pack.ts')) ?? join(ROOT, 'lib')

rmSync(LIB, { recursive: true, force: true })
for (const path of globSync('**/*', { cwd: SOURCE }).filter(
  (each) => /\.\w+$/.test(each) && !each.endsWith('.test.ts'),
)) {
  const from = join(SOURCE, path)
  const to = join(LIB, path.replace(/\.ts$/, '.js'))
  mkdirSync(dirname(to), { recursive: true })
  if (path.endsWith('.ts')) writeFileSync(to, asJavaScript(path, readFileSync(from, 'utf8')))
  else cpSync(from, to)
}

writeFileSync(join(LIB, 'countersign.1'), manPage())

/** `#floor/file.ts` is a path inside the package and becomes one from file to file. */
function asJavaScript(path: string, source: string): string {
  const blanked = stripTypeScriptTypes(source, { mode: 'strip' })
  return blanked.replaceAll(
    /((?:^|[\s;}])(?:from|import)\s*\(?\s*)(['"])(#|\.{1,2}\/)([^'"\n]+)\.ts\2/g,
    (_, before: string, quote: string, start: string, rest: string) => {
      const target = start === '#' ? relativeTo(path, rest) : `${start}${rest}`
      return `${before}${quote}${target}.js${quote}`
    },
  )
}

function relativeTo(path: string, target: string): string {
  const found = relative(dirname(path), target)
  return found.startsWith('.') ? found : `./${found}`
}
