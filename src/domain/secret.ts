const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** Text that must not reach a log, an error or an answer. Reading it takes `reveal()`, a word that can be searched for. */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [INSPECT](): string {
    return '[secret]'
  }
}
