import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { CliContext } from './context.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { addAuditCommands } from './audit-commands.ts'
import { addHardwareCommands } from './hardware-commands.ts'
import { addImportCommands } from './import-commands.ts'
import { addPolicyCommands } from './policy-commands.ts'
import { addReportCommands } from './report-commands.ts'
import { addServerCommands } from './server-commands.ts'
import { addSettingsCommands } from './settings-commands.ts'
import { addSiteCommands } from './site-commands.ts'
import { addUserCommands } from './user-commands.ts'

const SUMMARY = 'Two-factor login for people who sign in with a password and a code.'

const EXAMPLES = `Examples:
  countersign demo
      a full site with users and a mailbox, to try things out
  countersign --site acme set-config enable_two_factor_auth true
      from the next sign-in on, people are asked for a second factor
  countersign --site acme explain kim
      why kim is asked, or is not
`

/** What is shown when nothing was typed. */
export function shortHelp(): string {
  return `${SUMMARY}\n\nUsage: countersign [--site NAME] COMMAND\n\n${EXAMPLES}\n"countersign --help" lists all commands.\n`
}

/** The tree of all commands. What they do is loaded when one of them is typed, so that each starts fast. */
export function buildProgram(context: CliContext): Command {
  const program = new Command('countersign')
  program
    .description(SUMMARY)
    .usage('[--site NAME] COMMAND')
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .option('--site <name>', 'the site that is meant; it may stand before or after the command')
    .option('--json', 'answer as JSON: one document, or one line a row where rows never end')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'what there is to say about a command')
    .helpCommand(false)
    .addHelpText('after', `\n${EXAMPLES}\nExit codes:\n${exitCodes()}`)
  addServerCommands(program.commandsGroup('Running it:'), context)
  addSiteCommands(program.commandsGroup('Sites and what is in them:'), context)
  addUserCommands(program, context)
  addHardwareCommands(program, context)
  addImportCommands(program, context)
  addPolicyCommands(program.commandsGroup('The policy and what came of it:'), context)
  addAuditCommands(program.commandsGroup('The policy and what came of it:'), context)
  addSettingsCommands(program, context)
  addReportCommands(program, context)
  // Last, so that the groups of commands do not get one of their own.
  return program.commandsGroup('More:').helpCommand('help [command]', 'what there is to say about a command')
}

function exitCodes(): string {
  return EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(5)}${meaning}\n`).join('')
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return (manifest as { version: string }).version
}
