/** What of package-lock.json is read here. */
export interface Lock {
  readonly name: string
  readonly version: string
  readonly packages: Readonly<Record<string, Locked>>
}

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

type Scope = 'required' | 'optional' | 'excluded'

export interface Component {
  readonly type: 'library'
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly scope: Scope
  readonly licenses: readonly { readonly expression: string }[]
  readonly hashes: readonly { readonly alg: string; readonly content: string }[]
}

/**
 * The bill of materials as CycloneDX 1.6. `bundled`: packages that are built into the console, and so are shipped although they are there
 * for development only. `excluded`: needed to build and to test, and not shipped.
 */
export function billOf(lock: Lock, bundled: readonly string[]) {
  const shipped = new Set(bundled.flatMap((name) => reach(lock, `node_modules/${name}`)))
  const places = Object.keys(lock.packages).filter((place) => place !== '')
  const components = new Map<string, Component>()
  const dependencies = new Map<string, Set<string>>()
  for (const place of places) {
    const made = componentAt(lock, place, shipped)
    const before = components.get(made.purl)
    if (!before || RANK[made.scope] < RANK[before.scope]) components.set(made.purl, made)
    const on = dependencies.get(made.purl) ?? new Set()
    for (const each of dependenciesAt(lock, place)) on.add(purlAt(lock, each))
    dependencies.set(made.purl, on)
  }
  const root = `pkg:npm/${lock.name}@${lock.version}`
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': root, name: lock.name, version: lock.version, purl: root },
    },
    components: [...components.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1)),
    dependencies: [
      {
        ref: root,
        dependsOn: dependenciesAt(lock, '')
          .map((place) => purlAt(lock, place))
          .toSorted(),
      },
      ...[...dependencies].map(([ref, on]) => ({ ref, dependsOn: [...on].toSorted() })),
    ],
  }
}

const RANK: Readonly<Record<Scope, number>> = { required: 0, optional: 1, excluded: 2 }

function componentAt(lock: Lock, place: string, shipped: ReadonlySet<string>): Component {
  const locked = lock.packages[place] ?? {}
  const purl = purlAt(lock, place)
  const { integrity = '', license } = locked
  const development = (locked.dev === true || locked.devOptional === true) && !shipped.has(place)
  return {
    type: 'library',
    'bom-ref': purl,
    name: nameOf(place),
    version: locked.version ?? '',
    purl,
    scope: development ? 'excluded' : locked.optional === true ? 'optional' : 'required',
    licenses: license === undefined ? [] : [{ expression: license }],
    hashes: integrity.split(' ').flatMap((each) => {
      const [, alg, digest] = /^(sha\d+)-(.+)$/.exec(each) ?? []
      if (alg === undefined || digest === undefined) return []
      return [{ alg: `SHA-${alg.slice(3)}`, content: Buffer.from(digest, 'base64').toString('hex') }]
    }),
  }
}

function purlAt(lock: Lock, place: string): string {
  return `pkg:npm/${nameOf(place).replace('@', '%40')}@${lock.packages[place]?.version ?? ''}`
}

function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Where the packages lie that the one at this place depends on, found as Node.js finds them: nearest first. */
function dependenciesAt(lock: Lock, place: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = lock.packages[place] ?? {}
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    for (let from = place; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
      const found = `${from === '' ? '' : `${from}/`}node_modules/${name}`
      if (lock.packages[found]) return [found]
      if (from === '') return []
    }
  })
}

function reach(lock: Lock, start: string): string[] {
  const seen = new Set<string>()
  const open = lock.packages[start] ? [start] : []
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seen.has(place)) continue
    seen.add(place)
    open.push(...dependenciesAt(lock, place))
  }
  return [...seen]
}
