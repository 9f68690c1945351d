export interface Patience {
  /** Done when the work is, or when a person has waited long enough. Work that fails by then fails here. */
  wait(work: Promise<void>): Promise<void>
  /** Done when everything is that went on without being waited for. */
  end(): Promise<void>
}

/** `report` is told of work that failed when nobody waited for it any more. */
export function createPatience(milliseconds: number, report: (error: unknown) => void): Patience {
  const left = new Set<Promise<void>>()
  return {
    async wait(work) {
      let timer: NodeJS.Timeout | undefined
      const enough = new Promise<'enough'>((done) => {
        timer = setTimeout(() => done('enough'), milliseconds)
      })
      const first = await Promise.race([work, enough]).finally(() => clearTimeout(timer))
      if (first !== 'enough') return
      const rest = work.catch(report).finally(() => left.delete(rest))
      left.add(rest)
    },
    async end() {
      await Promise.all(left)
    },
  }
}
