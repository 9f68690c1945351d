/** Lets a bounded number of pieces of work run at once; the others wait in the order they came. */
export class Turns {
  readonly #atOnce: number
  readonly #waiting: number
  readonly #queue: (() => void)[] = []
  #running = 0

  constructor(atOnce: number, waiting: number) {
    if (!(atOnce >= 1)) throw new RangeError(`at least one piece of work runs at once, not ${atOnce}`)
    this.#atOnce = atOnce
    this.#waiting = waiting
  }

  /**
   * All places are taken, also those to wait in. It is for the caller to ask: work that must be done may still queue
   * up.
   */
  get full(): boolean {
    return this.#running >= this.#atOnce && this.#queue.length >= this.#waiting
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    // The one who leaves hands the place over, so that nobody who comes in between can slip past the queue.
    if (this.#running >= this.#atOnce) await new Promise<void>((resolve) => this.#queue.push(resolve))
    else this.#running += 1
    try {
      return await work()
    } finally {
      const next = this.#queue.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}
