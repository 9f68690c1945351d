import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A message centre that nobody here wrote: `smsc.pl` on Debian's Net::SMPP, as a process of its own. */
export interface MessageCentre {
  readonly port: number
  /** Everything it was asked, a line each. */
  readonly told: readonly string[]
  /** Done when it has said something like this. */
  said(pattern: RegExp): Promise<string>
  close(): Promise<void>
}

export async function messageCentre(): Promise<MessageCentre> {
  const child = spawn('perl', [new URL('./smsc.pl', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const told: string[] = []
  const waiting = new Set<() => void>()
  createInterface(child.stdout).on('line', (line) => {
    told.push(line)
    for (const look of waiting) look()
  })
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((done, fail) => {
      const look = (): void => {
        const found = told.find((line) => pattern.test(line))
        if (found === undefined) return
        waiting.delete(look)
        done(found)
      }
      child.once('exit', () => fail(new Error(`the message centre ended before it said ${pattern}`)))
      waiting.add(look)
      look()
    })
  const port = Number((await said(/^port \d+$/)).slice(5))
  return {
    port,
    told,
    said,
    close: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.kill()
      }),
  }
}
