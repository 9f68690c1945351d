import { posix } from 'node:path'
import { FLOORS, IMPURE, NO_SUCH_NAME, ROOT_FILES, type Floor } from './map.ts'

type Import = { readonly from: string; readonly typesOnly: boolean; readonly names: readonly string[] | 'all' }

/** Everything in one source file that crosses a floor. `path` is inside `src`: `policy/decide.ts`. */
export function offences(path: string, source: string): readonly string[] {
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
  const code = withoutComments(source)
  const found = [...badNames(path)]
  const floor = FLOORS[folder]
  if (folder === '' && ROOT_FILES[path] === undefined)
    found.push('only app.ts, main.ts and config.ts stand in src itself')
  if (folder !== '' && floor === undefined) found.push(`src/${folder} is not a floor of test/floors/map.ts`)

  for (const each of imports(code)) {
    const wrong = folder === '' ? wrongAtTheTop(path, each) : floor && wrongImport(path, folder, floor, each)
    if (wrong) found.push(`"${each.from}": ${wrong}`)
  }
  if (/\bimport\(\s*[^\s'"]/.test(code)) found.push('import() of something computed cannot be checked')
  if (floor?.pure) for (const { what, pattern } of IMPURE) if (pattern.test(code)) found.push(`takes ${what} by itself`)
  return found
}

function badNames(path: string): readonly string[] {
  const names = path.replace(/\.ts$/, '').split('/')
  const vague = names
    .filter((name) => NO_SUCH_NAME.test(name))
    .map((name) => `"${name}" says nothing about what is in it`)
  const odd = names
    .filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))
    .map((name) => `"${name}" is not kebab-case`)
  return [...vague, ...odd]
}

function wrongAtTheTop(path: string, { from }: Import): string | undefined {
  const may = ROOT_FILES[path]
  if (may === undefined || may === 'everything' || !from.startsWith('#')) return undefined
  return may.includes(floorOf(from)) ? undefined : `${path} may not know ${floorOf(from)}`
}

function wrongImport(path: string, folder: string, floor: Floor, each: Import): string | undefined {
  const { from } = each
  if (/^\.{1,2}\//.test(from)) {
    const target = posix.normalize(posix.join(posix.dirname(path), from))
    if (!target.startsWith(`${folder}/`)) return 'another floor is imported as #floor/file.ts'
    return from.endsWith('.ts') ? undefined : 'an import names the file with .ts'
  }
  if (from.startsWith('#')) {
    const target = floorOf(from)
    if (target === folder) return 'the own floor is imported as ./file.ts'
    if (floor.types?.includes(target))
      return each.typesOnly ? undefined : `${folder} may import types only from ${target}`
    return floor.on.includes(target) ? undefined : `${folder} may not stand on ${target}`
  }
  return wrongPackage(folder, floor, each)
}

function wrongPackage(folder: string, floor: Floor, { from, names }: Import): string | undefined {
  const allowed = floor.outside[packageOf(from)] ?? floor.outside[from]
  if (allowed === undefined) return `${folder} may not use ${from}`
  if (allowed === 'all') return undefined
  if (names === 'all') return `${folder} may use only ${allowed.join(', ')} of ${from}`
  const more = names.filter((name) => !allowed.includes(name))
  return more.length === 0 ? undefined : `${folder} may not use ${more.join(', ')} of ${from}`
}

/** `#policy/decide.ts` → `policy`; `#app.ts` → `app.ts`, which is no floor and so nobody's. */
function floorOf(from: string): string {
  return from.slice(1).split('/')[0] ?? ''
}

function packageOf(from: string): string {
  if (from.startsWith('node:')) return from
  return from.split('/', from.startsWith('@') ? 2 : 1).join('/')
}

const STATIC = /^(?:import|export)\s+(?<types>type\s)?(?<names>[^'"`;=()]*?)\s*from\s*['"](?<from>[^'"]+)['"]/gm
const BARE = /^import\s*['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<dynamic>[^'"]+)['"]/gm

function imports(code: string): readonly Import[] {
  const named = [...code.matchAll(STATIC)].map(({ groups = {} }) => {
    const list = /^\{(?<list>[^}]*)\}$/.exec(groups['names'] ?? '')?.groups?.['list']?.split(',')
    const items = list?.map((item) => item.trim()).filter((item) => item !== '')
    const values = items?.filter((item) => !item.startsWith('type ')).map((item) => item.split(' as ')[0] ?? item)
    const typesOnly = groups['types'] !== undefined || (values?.length === 0 && items?.length !== 0)
    return { from: groups['from'] ?? '', typesOnly, names: typesOnly ? [] : (values ?? ('all' as const)) }
  })
  const bare = [...code.matchAll(BARE)].map(({ groups = {} }) => groups['from'] ?? groups['dynamic'] ?? '')
  return [...named, ...bare.map((from) => ({ from, typesOnly: false, names: 'all' as const }))]
}

/** Comments may speak of clocks. `//` after a colon is an address in a text. */
function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<!:)\/\/.*$/gm, '')
}
