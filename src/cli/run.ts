import { CommanderError } from 'commander'
import type { CliContext } from './context.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { visible } from './output.ts'
import { buildProgram, shortHelp } from './program.ts'

/**
 * Runs the command line: the words after the program's name, without the name. It answers the exit code; it never ends the
 * process and prints by the context only.
 */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  if (argv.length === 0) {
    context.out(shortHelp())
    return EXIT.ok
  }
  try {
    await buildProgram(context).parseAsync([...argv], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const { exitCode, message } = asFailure(error)
    context.err(`${visible(message)}\n`)
    return exitCode
  }
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  // A database that was there at first and went away, or a clock that cannot be right; their classes belong to adapters, which this floor does not know.
  if (error instanceof Error && ['StoreUnavailable', 'ClockUnsafe'].includes(error.name))
    return new Failure(EXIT.unreachable, error.message)
  if (error instanceof Error && error.constructor.name === 'Contended') {
    return new Failure(EXIT.unreachable, 'Somebody else has been writing to the database for too long; try again.')
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new Failure(EXIT.bug, `This is a bug in Countersign; please report it with these lines.\n${trace}`)
}
