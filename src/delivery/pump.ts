import type { DeliveryId } from '#domain/id.ts'

export interface PumpOptions {
  /** Deliveries nobody works on, the most urgent first. */
  readonly due: (limit: number) => Promise<readonly DeliveryId[]>
  /** Sends one and writes down what came of it. */
  readonly deliver: (id: DeliveryId) => Promise<void>
  /** Calls `tick` again and again; what it returns ends that. */
  readonly every: (milliseconds: number, tick: () => void) => () => void
  /** What went wrong on our side. The pump goes on. */
  readonly report: (error: unknown) => void
  readonly intervalMilliseconds?: number
  readonly atOnce?: number
}

export interface Pump {
  /** Looks for due deliveries now, not at the next tick. */
  wake(): void
  /** Begins nothing more; fulfilled when everything under way has ended. */
  stop(): Promise<void>
}

/** Picks up what its request could not finish: messages of a crashed process, and those that are to be tried again. */
export function startPump({
  due,
  deliver,
  every,
  report,
  intervalMilliseconds = 1_000,
  atOnce = 8,
}: PumpOptions): Pump {
  const underWay = new Map<DeliveryId, Promise<void>>()
  const stopping = new AbortController()
  let round: Promise<void> | undefined

  const begin = (id: DeliveryId): void => {
    const work = Promise.resolve()
      .then(() => deliver(id))
      .catch(report)
      .finally(() => underWay.delete(id))
    underWay.set(id, work)
  }

  const takeRound = async (): Promise<void> => {
    // Each id once in a round: one that stays due, because delivering it throws, must neither spin nor stand before the others.
    const seen = new Set<DeliveryId>()
    for (;;) {
      while (underWay.size >= atOnce) await Promise.race(underWay.values())
      if (stopping.signal.aborted) return
      const ids = new Set(await due(atOnce + seen.size + underWay.size))
      for (const id of seen) if (!ids.has(id)) seen.delete(id)
      const fresh = [...ids.difference(seen)].filter((id) => !underWay.has(id))
      if (fresh.length === 0 || stopping.signal.aborted) return
      for (const id of fresh.slice(0, atOnce - underWay.size)) {
        seen.add(id)
        begin(id)
      }
    }
  }

  const wake = (): void => {
    if (stopping.signal.aborted || round !== undefined) return
    round = takeRound()
      .catch(report)
      .finally(() => {
        round = undefined
      })
  }

  const cancel = every(intervalMilliseconds, wake)
  return {
    wake,
    async stop() {
      stopping.abort()
      cancel()
      await round
      await Promise.all(underWay.values())
    },
  }
}
