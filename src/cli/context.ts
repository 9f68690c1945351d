import type { Ports } from '#ports/ports.ts'
import type { Act } from '#usecases/act.ts'
import type { Finding } from '#usecases/finding.ts'
import type { MarkRestoredOutcome } from '#usecases/mark-restored.ts'

/** What a command is given; it reaches for nothing itself. */
export interface CliContext {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Standard output: data, and nothing else. */
  readonly out: (text: string) => void
  /** Standard error: talk. */
  readonly err: (text: string) => void
  /** All of standard input, for secrets and files. */
  readonly input: () => Promise<string>
  readonly isTerminal: boolean
  /** Asks the person at the terminal; there only where somebody can answer. */
  readonly ask?: (question: string) => Promise<string>
  /** Opens the database and the key that the environment names, or the one that is given in its place. */
  readonly open: (options?: OpenOptions) => Promise<Opened>
  /** Runs the server until it is told to stop. */
  readonly serve: () => Promise<Running>
  readonly demo: (options: DemoOptions) => Promise<RunningDemo>
  /** Looks at configuration, key, database, clock and every site. */
  readonly examine: () => Promise<readonly { readonly site: string | null; readonly findings: readonly Finding[] }[]>
  /** Writes a new key file; an existing one is never overwritten. */
  readonly createKey: (path: string) => Promise<CreatedKey>
  /** Puts a new key before those of a key file. */
  readonly addKey: (path: string) => Promise<CreatedKey>
  /** The key file that the environment names. */
  readonly keyFile: () => Promise<string>
  /** Lets some time pass, in milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** Copies the database that the environment names into a new file, for its owner alone. */
  readonly backup: (file: string) => Promise<BackedUp>
  /** Puts such a copy in the place of the database that the environment names, marked as restored. */
  readonly restore: (file: string, options: RestoreOptions) => Promise<Restored>
  /** Copies an SQLite database into an empty PostgreSQL database, and verifies it there. */
  readonly moveStore: (
    from: string,
    to: string,
    progress: (table: string, done: number, total: number) => void,
  ) => Promise<MovedStore>
  /** How this program was called, as it can be typed again; `countersign` where nothing is said. */
  readonly program?: string
  /** Fulfilled when the process is asked to end (SIGINT, SIGTERM). */
  readonly untilStopped: () => Promise<void>
}

export interface OpenOptions {
  readonly migrate?: boolean
  readonly environment?: Readonly<Record<string, string>>
}

export type Opened =
  | { readonly kind: 'open'; readonly ports: Ports; readonly database: string; readonly close: () => Promise<void> }
  /** One clear sentence of what is wrong and what to do. */
  | { readonly kind: 'failed'; readonly message: string }

export type Running =
  | { readonly kind: 'running'; readonly origin: string; readonly close: () => Promise<void> }
  | { readonly kind: 'failed'; readonly message: string }

export type CreatedKey = { readonly kind: 'created' } | { readonly kind: 'refused'; readonly message: string }

export type BackedUp =
  | { readonly kind: 'made'; readonly database: string; readonly bytes: number }
  | { readonly kind: 'refused'; readonly message: string }

export type MovedStore =
  | {
      readonly kind: 'moved'
      readonly tables: readonly { readonly table: string; readonly rows: number; readonly digest: string }[]
      /** Those whose audit logs were verified. */
      readonly sites: readonly string[]
    }
  | { readonly kind: 'refused'; readonly message: string }

export interface RestoreOptions {
  /** A database that is there is put aside; else nothing is done. */
  readonly replace: boolean
  readonly act: Act
}

export type Restored =
  | {
      readonly kind: 'restored'
      readonly database: string
      /** Where the database is now that was there before. */
      readonly aside: string | null
      readonly marked: Marked
    }
  | { readonly kind: 'refused'; readonly message: string }

export type Marked = Extract<MarkRestoredOutcome, { readonly kind: 'marked' }>

export interface DemoOptions {
  readonly preset: string | undefined
  readonly listen: string | undefined
  readonly data: string | undefined
  readonly fresh: boolean
}

export type RunningDemo =
  | {
      readonly kind: 'running'
      readonly origin: string
      readonly site: string
      readonly preset: string
      readonly adminKey: string
      readonly serviceKey: string
      /** What COUNTERSIGN_DATABASE and COUNTERSIGN_KEY_FILE are to say for another command to work on this demo. */
      readonly database: string
      readonly keyFile: string
      /** A command that is typed here finds this demo without being told those two. */
      readonly found?: boolean
      readonly close: () => Promise<void>
    }
  | { readonly kind: 'failed'; readonly message: string }
