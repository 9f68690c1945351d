import { type Moved, type MovedApp, type MovedProblem, readParameters, readSecret } from './moved.ts'

export interface WrittenApp {
  readonly line: number
  readonly username: string
  readonly secret: string
  readonly form: 'base32' | 'hex'
  readonly digits?: string | undefined
  readonly algorithm?: string | undefined
  readonly period?: string | undefined
}

/** Collects what a file says about authenticator apps, right or wrong. */
export interface Collector {
  app(written: WrittenApp): void
  problem(line: number, username: string, field: string, problem: string): void
  leave(what: string): void
  end(): Moved
}

export function collector(): Collector {
  const apps: MovedApp[] = []
  const problems: MovedProblem[] = []
  const left = new Map<string, number>()
  const problem: Collector['problem'] = (line, username, field, text) =>
    void problems.push({ line, username, field, problem: text })
  return {
    problem,
    app({ line, username, secret: text, form, ...given }) {
      const parameters = readParameters(given)
      const secret = readSecret(text, form)
      if (username === '') problem(line, username, 'username', 'is missing')
      if (typeof secret === 'string') problem(line, username, 'secret', secret)
      if (!('digits' in parameters)) for (const [field, told] of parameters) problem(line, username, field, told)
      if (username !== '' && typeof secret !== 'string' && 'digits' in parameters)
        apps.push({ line, username, secret, parameters })
    },
    leave: (what) => void left.set(what, (left.get(what) ?? 0) + 1),
    end: () => ({ users: [], apps, problems, left }),
  }
}
