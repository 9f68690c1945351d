import type { Work } from './database.ts'

/** What one connection can do with a transaction; each throws what the database says. */
export interface Connection {
  begin(): void
  commit(): void
  /** Nothing when there is none any more. */
  rollback(): void
  savepoint(): void
  release(): void
  rollbackToSavepoint(): void
  finish<T>(work: Work<T>): T
}

export interface GroupOptions {
  /** Whether another process holds the lock that `begin` wants. */
  readonly isBusy: (error: unknown) => boolean
  readonly pause: (milliseconds: number) => Promise<void>
  /** Milliseconds since some moment; never set back. */
  readonly now: () => number
  /** How long the lock of another process is waited for. */
  readonly waitMs: number
}

interface Waiting {
  readonly work: () => Work<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

const MOST_AT_ONCE = 64
const PAUSE_MS = 15
/** Writes are gathered for so many times as long as the last flush took, and no longer than so many milliseconds. */
const GATHER_FLUSHES = 2
const LONGEST_GATHER_MS = 10
/** So many are worth a flush at once. */
const ENOUGH = 8

/**
 * Writes that ask in the same turns of the event loop share one transaction and so one flush to the disk, which is most of what a commit
 * costs. When the last ones were several, more are gathered for a few milliseconds; whoever writes alone never waits for company. Each is
 * still all or nothing by itself, behind a savepoint of its own, and each is told only when the flush is done: if that fails, nobody is told
 * of success. While another process has the lock the event loop goes on.
 */
export function groupCommits(connection: Connection, { isBusy, pause, now, waitMs }: GroupOptions) {
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined
  let last = { writes: 0, milliseconds: 0 }

  async function drain(): Promise<void> {
    // Whoever asks in the same turn comes along, and as long as a turn brought somebody there is one more.
    for (let seen = 0; seen < waiting.length && waiting.length < MOST_AT_ONCE; ) {
      seen = waiting.length
      await new Promise<void>((done) => setImmediate(done))
    }
    while (waiting.length > 0) {
      await gather()
      const begun = await begin().then(
        () => undefined,
        (error: unknown) => ({ error }),
      )
      const group = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(group.length)
      const from = now()
      if (begun === undefined) commit(group)
      else for (const { reject } of group) reject(begun.error)
      last = { writes: group.length, milliseconds: now() - from }
    }
    running = undefined
  }

  async function gather(): Promise<void> {
    if (last.writes < 2 || waiting.length >= ENOUGH) return
    const milliseconds = Math.min(LONGEST_GATHER_MS, GATHER_FLUSHES * last.milliseconds)
    if (milliseconds >= 1) await pause(milliseconds)
  }

  async function begin(): Promise<void> {
    for (let left = Math.ceil(waitMs / PAUSE_MS); ; left -= 1) {
      try {
        return connection.begin()
      } catch (error) {
        if (!isBusy(error) || left <= 0) throw error
      }
      await pause(PAUSE_MS)
    }
  }

  function commit(group: readonly Waiting[]): void {
    const done: { readonly by: Waiting; readonly result: unknown }[] = []
    try {
      for (const by of group) {
        const result = group.length === 1 ? { value: connection.finish(by.work()) } : apart(by)
        if (result) done.push({ by, result: result.value })
      }
      connection.commit()
    } catch (error) {
      connection.rollback()
      for (const { reject } of group) reject(error)
      return
    }
    for (const { by, result } of done) by.resolve(result)
  }

  /** Undefined when this one failed, which undid it and no other. */
  function apart(by: Waiting): { readonly value: unknown } | undefined {
    connection.savepoint()
    try {
      const value = connection.finish(by.work())
      connection.release()
      return { value }
    } catch (error) {
      // After some errors, such as a full disk, the whole transaction is gone, and this throws: then all of the group have failed.
      connection.rollbackToSavepoint()
      connection.release()
      by.reject(error)
      return undefined
    }
  }

  return {
    write<T>(work: () => Work<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (result: unknown) => void, reject })
        running ??= drain()
      })
    },
    /** Fulfilled when everything that was asked has been answered. */
    async idle(): Promise<void> {
      await running
    },
  }
}
