import { inspect } from 'node:util'

/** The part of the runner's pass and fail events that counting needs. */
export type Verdict = {
  readonly name: string
  readonly nesting: number
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly skip?: string | boolean | undefined
  readonly todo?: string | boolean | undefined
  readonly details: { readonly type?: string | undefined; readonly duration_ms: number; readonly error?: unknown }
}

export type Failure = { readonly file: string; readonly where: string; readonly name: string; readonly what: string }

export type Tally = {
  passed: number
  readonly failures: Failure[]
  /** Why something was skipped → how often. */
  readonly skipped: Map<string, number>
  /** What each test file printed, the end of it. */
  readonly printed: Map<string, string>
  /** How long each test file took. */
  readonly seconds: Map<string, number>
}

export type Counter = {
  readonly tally: Tally
  readonly pass: (verdict: Verdict) => void
  readonly fail: (verdict: Verdict) => void
  readonly hear: (said: { readonly file?: string | undefined; readonly message: string }) => void
  readonly end: (summary: { readonly file?: string | undefined; readonly duration_ms: number }) => void
}

/** Counts leaf tests: a suite or a parent test is the sum of its children, and is counted only when it fails by itself. */
export function counter(): Counter {
  const tally: Tally = { passed: 0, failures: [], skipped: new Map(), printed: new Map(), seconds: new Map() }
  const children = new Map<string, number[]>()

  // Children report before their parent, so what has come in one level deeper belongs to this one.
  const hadChildren = (verdict: Verdict): boolean => {
    const depths = children.get(verdict.file ?? '') ?? []
    const had = (depths[verdict.nesting + 1] ?? 0) > 0
    depths[verdict.nesting + 1] = 0
    depths[verdict.nesting] = (depths[verdict.nesting] ?? 0) + 1
    children.set(verdict.file ?? '', depths)
    return had
  }

  return {
    tally,
    pass(verdict) {
      if (hadChildren(verdict) || verdict.details.type === 'suite') return
      // A file in which nothing was tested is reported as if the file were a test.
      if (verdict.name === verdict.file) return failed(verdict, 'no test in this file')
      const reason = verdict.skip ?? verdict.todo
      if (reason === undefined || reason === false) tally.passed += 1
      else
        count(tally.skipped, typeof reason === 'string' && reason !== '' ? reason : `${verdict.name} (no reason given)`)
    },
    fail(verdict) {
      const parent = hadChildren(verdict)
      if (parent && kindOf(verdict.details.error) === 'subtestsFailed') return
      failed(verdict, describe(verdict.details.error))
    },
    hear({ file, message }) {
      if (file !== undefined) tally.printed.set(file, `${tally.printed.get(file) ?? ''}${message}`.slice(-4_000))
    },
    // The run as a whole has a summary too, which is of no file.
    end({ file, duration_ms }) {
      if (file !== undefined) tally.seconds.set(file, duration_ms / 1_000)
    },
  }

  function failed(verdict: Verdict, what: string): void {
    const file = verdict.file ?? ''
    tally.failures.push({ file, where: `${file}:${verdict.line ?? 1}`, name: verdict.name, what })
  }
}

const INSIDE_NODE = /^ +at .*\(?node:.*\)?\n?/gm

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function kindOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'failureType' in error ? error.failureType : undefined
}

/** The runner wraps what the test threw; the cause is what a person wants to read. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (cause === 'test failed') return 'the process of this test file ended with an error'
  if (typeof cause === 'string') return cause
  if (cause instanceof Error) return (cause.stack ?? cause.message).replaceAll(INSIDE_NODE, '')
  return inspect(cause, { depth: 6 })
}
