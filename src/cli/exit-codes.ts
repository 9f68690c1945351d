/** How a command ends. The numbers are part of the interface: scripts rest on them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  unreachable: 5,
  bug: 70,
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  failed: 'failed; trying again may help',
  usage: 'not understood: an unknown command, setting or option, or something is missing',
  notFound: 'there is no such site, user, role or application',
  refused: 'understood and refused: a value is out of range, or a name is taken',
  unreachable: 'the database, the key or the address to listen on cannot be had, or the clock cannot be right',
  bug: 'a bug in this program',
  interrupted: 'interrupted with Ctrl-C',
}

/** Each number with its meaning, in order. */
export const EXIT_CODES: readonly (readonly [ExitCode, string])[] = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map(
  (name) => [EXIT[name], MEANING[name]],
)

/** Ends a command with one of these numbers, or one that its description names; the message is for the person who typed it. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}
