import type { DeliveryId, SiteId } from '#domain/id.ts'

export interface Due {
  readonly id: DeliveryId
  readonly site: SiteId
}

export interface PumpOptions {
  /** Deliveries nobody works on, the most urgent first, and no more than `perSite` of any site. */
  readonly due: (query: { readonly limit: number; readonly perSite: number }) => Promise<readonly Due[]>
  /** Takes one, unless somebody else did; sends it, and writes down what came of it. */
  readonly deliver: (id: DeliveryId) => Promise<void>
  /** Calls `tick` again and again; what it returns ends that. */
  readonly every: (milliseconds: number, tick: () => void) => () => void
  /** What went wrong on our side. The pump goes on. */
  readonly report: (error: unknown) => void
  readonly intervalMilliseconds?: number
  readonly atOnce?: number
  /** Of one site: a server of theirs that hangs takes no more places than these. */
  readonly atOncePerSite?: number
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
  atOnce = 32,
  atOncePerSite = 4,
}: PumpOptions): Pump {
  const underWay = new Map<DeliveryId, { readonly site: SiteId; readonly work: Promise<void> }>()
  // Each id once between two ticks: one that stays due, because delivering it throws, must neither spin nor stand before the others.
  const seen = new Set<DeliveryId>()
  const stopping = new AbortController()
  let round: Promise<void> | undefined
  let again = false

  const ofSite = (site: SiteId): number => [...underWay.values()].filter((each) => each.site === site).length
  const hasRoom = (site: SiteId): boolean => underWay.size < atOnce && ofSite(site) < atOncePerSite

  const begin = ({ id, site }: Due): void => {
    seen.add(id)
    const work = Promise.resolve()
      .then(() => deliver(id))
      .catch(report)
      .finally(() => {
        underWay.delete(id)
        wake()
      })
    underWay.set(id, { site, work })
  }

  const takeRound = async (): Promise<void> => {
    do {
      again = false
      const known = seen.size
      const found = await due({ limit: 2 * atOnce + known, perSite: atOncePerSite + known })
      if (stopping.signal.aborted) return
      for (const id of seen) if (!underWay.has(id) && !found.some((each) => each.id === id)) seen.delete(id)
      for (const each of found) {
        if (seen.has(each.id) || !hasRoom(each.site)) continue
        begin(each)
        again = true
      }
    } while (again && underWay.size < atOnce)
  }

  const wake = (): void => {
    again = true
    if (stopping.signal.aborted || round !== undefined || underWay.size >= atOnce) return
    round = takeRound()
      .catch(report)
      .finally(() => {
        round = undefined
      })
  }

  const cancel = every(intervalMilliseconds, () => {
    for (const id of seen) if (!underWay.has(id)) seen.delete(id)
    wake()
  })
  return {
    wake,
    async stop() {
      stopping.abort()
      cancel()
      await round
      await Promise.all([...underWay.values()].map(({ work }) => work))
    },
  }
}
