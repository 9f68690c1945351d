import type { Option } from 'commander'
import { EXIT_CODES } from './exit-codes.ts'
import { commandsOf, readOnlyProgram, usageOf } from './manual.ts'

/** The manual of the command line for `man`; the package has it as `countersign.1`. */
export function manPage(): string {
  const program = readOnlyProgram()
  const commands = commandsOf(program).flatMap((command) => [
    `.SS ${roff(usageOf(command))}`,
    roff(command.description()),
    ...command.registeredArguments.flatMap((each) => entry(each.name().toUpperCase(), each.description)),
    ...command.options.flatMap(option),
  ])
  return [
    '.TH COUNTERSIGN 1',
    '.SH NAME',
    `countersign \\- ${roff(program.description())}`,
    '.SH SYNOPSIS',
    '.B countersign',
    '[\\-\\-site NAME] COMMAND',
    '.SH DESCRIPTION',
    roff(
      'Answers go to standard output and remarks to standard error. Secrets come from standard input or files, never from arguments.',
    ),
    '.SH OPTIONS',
    ...program.options.flatMap(option),
    '.SH COMMANDS',
    ...commands,
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => entry(String(code), meaning)),
    '.SH ENVIRONMENT',
    roff('The variables of the server are in docs/configuration.md. NO_COLOR is respected.'),
    '',
  ].join('\n')
}

function option({ flags, description }: Option): readonly string[] {
  return entry(flags, description)
}

function entry(term: string, says: string): readonly string[] {
  return ['.TP', `.B ${roff(term)}`, roff(says)]
}

/** Text in which troff finds nothing to do: a dot or a quote at the beginning of a line would be a request. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll('"', '\\(dq')
    .replaceAll("'", '\\(aq')
    .replace(/^\./, '\\&.')
}
