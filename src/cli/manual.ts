import type { Argument, Command, Option } from 'commander'
import type { CliContext } from './context.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { buildProgram } from './program.ts'

/** The tree is only read here: nothing is run, and nothing would be there to run it. */
const NOWHERE: CliContext = {
  environment: {},
  out: () => undefined,
  err: () => undefined,
  input: nothing,
  isTerminal: false,
  open: nothing,
  serve: nothing,
  demo: nothing,
  examine: nothing,
  createKey: nothing,
  addKey: nothing,
  keyFile: nothing,
  pause: nothing,
  backup: nothing,
  restore: nothing,
  moveStore: nothing,
  untilStopped: nothing,
}

/** The manual of the command line in Markdown; `docs/cli.md` is this text. */
export function commandManual(): string {
  const program = readOnlyProgram()
  return [
    '# Command line',
    'Made by `node bin/run.mjs scripts/cli-manual.ts` from the commands in `src/cli/`; changes belong there.',
    program.description(),
    'Answers go to standard output and remarks to standard error, so that a pipe gets nothing but data. Secrets come from' +
      ' standard input or files, never from arguments. `NO_COLOR` is respected.',
    '## For every command',
    optionTable(program.options),
    ...commandsOf(program).map(section),
    '## Exit codes',
    table(
      ['code', 'meaning'],
      EXIT_CODES.map(([code, meaning]) => [String(code), meaning]),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

/** The commands that do something, in the order of the help. */
export function commandsOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(commandsOf)
}

/** How a command is typed: `users bypass NAME`. */
export function usageOf(command: Command): string {
  return [path(command), ...command.registeredArguments.map(term)].join(' ')
}

/** The tree of all commands, to read and not to run. */
export function readOnlyProgram(): Command {
  return buildProgram(NOWHERE)
}

function section(command: Command): string {
  const parameters = command.registeredArguments.map((each) => [code(term(each)), each.description] as const)
  const rows = [...parameters, ...command.options.map((each) => [code(each.flags), each.description] as const)]
  return [
    `## ${usageOf(command)}`,
    command.description(),
    ...(rows.length === 0 ? [] : [table(['', 'meaning'], rows)]),
  ].join('\n\n')
}

function path(command: Command): string {
  const above = command.parent
  return above?.parent ? `${path(above)} ${command.name()}` : command.name()
}

function term(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? '…' : '')
  return argument.required ? name.toUpperCase() : `[${name.toUpperCase()}]`
}

function optionTable(options: readonly Option[]): string {
  return table(
    ['', 'meaning'],
    options.map(({ flags, description }) => [code(flags), description]),
  )
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function nothing(): never {
  throw new Error('a manual runs no command')
}
