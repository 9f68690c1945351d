import { globSync, readFileSync } from 'node:fs'

export type Promised = { readonly id: string; readonly promise: string; readonly status: string }

/** An id of a promise. Other bracketed words in test names, such as the laws [P2] and [C1], are none. */
const ID = /^(?:S\d+\.\d+[a-z]?|R-\d+|F\d+|(?:BF|RP|RC|EX|EN|TB|PO|BY|TI|SE|AD|AK|OI|IV|RE|DF|FO|ST|CK|SK|AU|UP)-\d+)$/

/** The rows of docs/promises.md. */
export function promised(text: string): readonly Promised[] {
  return [...text.matchAll(/^\| (?<id>[^|]+) \| (?<promise>[^|]+) \| (?<status>[^|]+) \|$/gm)]
    .map(({ groups = {} }) => ({
      id: groups['id'] ?? '',
      promise: groups['promise'] ?? '',
      status: groups['status'] ?? '',
    }))
    .filter((row) => ID.test(row.id))
}

/** The ids at the beginning of the test names in one file. Tests that are written never to run prove nothing. */
export function idsIn(source: string): readonly string[] {
  const names = source.matchAll(/(?<idle>\.(?:skip|todo)\(\s*)?(?<quote>['"`])(?<ids>(?:\[[^\]\n'"`]*\]\s*)+)/g)
  return [...names]
    .filter(({ groups = {} }) => groups['idle'] === undefined)
    .flatMap(({ groups = {} }) => (groups['ids'] ?? '').split(/[[\],\s]+/))
    .filter((word) => ID.test(word))
}

/** What is wrong between the promises and the tests, one sentence each. */
export function broken(
  rows: readonly Promised[],
  tested: ReadonlyMap<string, readonly string[]>,
  reasoned: readonly string[] = [],
): readonly string[] {
  const ids = rows.map((row) => row.id)
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is promised twice`)
  const unclear = rows
    .filter((row) => !['kept', 'deviation'].includes(row.status) && !row.status.startsWith('later: '))
    .map((row) => `${row.id} is neither "kept" nor "deviation" nor "later: <milestone>" but "${row.status}"`)
  const unreasoned = rows
    .filter((row) => row.status === 'deviation' && !reasoned.includes(row.id))
    .map((row) => `${row.id} is a deviation, and docs/security/deviations.md does not say why`)
  const untested = rows
    .filter((row) => row.status === 'kept' && !tested.has(row.id))
    .map((row) => `${row.id} has no test: ${row.promise}`)
  const unknown = [...tested]
    .filter(([id]) => !ids.includes(id))
    .map(([id, files]) => `${id} is tested in ${files.join(', ')} but not promised`)
  return [...twice, ...unclear, ...unreasoned, ...untested, ...unknown]
}

/** id → the test files that have it, for the repository as it stands. The tests of a contract are run by the `.test.ts` of each adapter. */
export function testedIds(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const file of globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'test/contracts/*-contract*.ts']).toSorted())
    for (const id of new Set(idsIn(readFileSync(file, 'utf8')))) found.set(id, [...(found.get(id) ?? []), file])
  return found
}

/** The ids of the rows that docs/security/deviations.md gives a reason for, each with all its columns filled. */
export function reasonedIds(): readonly string[] {
  const page = readFileSync('docs/security/deviations.md', 'utf8')
  return [...page.matchAll(/^\| (?<id>[A-Z0-9]+-\d+) \|(?: [^|]+ \|){3}$/gm)].map(
    ({ groups = {} }) => groups['id'] ?? '',
  )
}

export function promisedRows(): readonly Promised[] {
  return promised(readFileSync('docs/promises.md', 'utf8'))
}
