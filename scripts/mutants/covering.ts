import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

/** A test file, in how many places it was, and which functions and blocks of which sources it went through. */
export interface Covering {
  readonly test: string
  readonly breadth: number
  /** By source, for each process that the test ran. */
  readonly ranges: ReadonlyMap<string, readonly (readonly Range[])[]>
}

/** Runs one test file in `root` and reads what V8 says it went through. null: the test fails as it is and can prove nothing. */
export function coverageOf(test: string, root: string): Covering | null {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-coverage-'))
  try {
    const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', test], {
      cwd: root,
      stdio: 'ignore',
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    })
    if (status !== 0) return null
    const ranges = readRanges(folder, root)
    const breadth = [...ranges.values()].flat(2).filter(({ count }) => count > 0).length
    return { test, breadth, ranges }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether a process of the test came by there: the smallest range around it was gone through. */
export function comesBy({ ranges }: Covering, source: string, offset: number): boolean {
  return (ranges.get(source) ?? []).some((ofProcess) => {
    const around = ofProcess.filter((each) => each.startOffset <= offset && offset < each.endOffset)
    const smallest = around.toSorted((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))[0]
    return smallest !== undefined && smallest.count > 0
  })
}

function readRanges(folder: string, root: string): Covering['ranges'] {
  const ranges = new Map<string, (readonly Range[])[]>()
  for (const name of readdirSync(folder)) {
    const said = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      readonly result: readonly {
        readonly url: string
        readonly functions: readonly { readonly ranges: readonly Range[] }[]
      }[]
    }
    for (const { url, functions } of said.result) {
      if (!url.startsWith('file:')) continue
      const source = relative(root, fileURLToPath(url))
      if (!source.startsWith('src/')) continue
      ranges.set(source, [...(ranges.get(source) ?? []), functions.flatMap((each) => each.ranges)])
    }
  }
  return ranges
}
