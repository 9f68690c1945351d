import { type Instant, seconds } from '#domain/time.ts'
import type { Clock } from '#ports/system.ts'
import type { CliContext } from './context.ts'
import { paint } from './output.ts'

/** Shows how far a long piece of work is. */
export interface Progress {
  /** `what` is being done; `done` of `total` are through. */
  show(what: string, done: number, total: number): void
  /** Takes the bar away, so that what follows stands alone. */
  end(): void
}

const WIDTH = 30
const EVERY = seconds(5)

/**
 * On standard error, whatever becomes of the answer: a bar that is drawn over itself on a terminal, a plain line each five seconds
 * everywhere else.
 */
export function progressOn(context: CliContext, clock: Clock): Progress {
  const terminal = context.isTerminal && context.environment['TERM'] !== 'dumb'
  return terminal ? bar(context) : lines(context, clock)
}

function bar(context: CliContext): Progress {
  let drawn = ''
  return {
    show(what, done, total) {
      const share = total === 0 ? 1 : done / total
      const full = Math.round(share * WIDTH)
      const text = `${what} ${paint(context, 'green', '█'.repeat(full))}${'░'.repeat(WIDTH - full)} ${amount(done, total)}`
      if (text === drawn) return
      drawn = text
      context.err(`\r\u001b[2K${text}`)
    },
    end() {
      if (drawn !== '') context.err('\r\u001b[2K')
      drawn = ''
    },
  }
}

function lines(context: CliContext, clock: Clock): Progress {
  let last: Instant | undefined
  return {
    show(what, done, total) {
      const now = clock.now()
      last ??= now
      if (now - last < EVERY) return
      last = now
      context.err(`${what} ${amount(done, total)}\n`)
    },
    end: () => undefined,
  }
}

function amount(done: number, total: number): string {
  return `${done.toLocaleString('en')}/${total.toLocaleString('en')}`
}
