import type { Command } from 'commander'
import type { ExportFlags } from './audit-export.ts'
import type { AuditFlags } from './audit.ts'
import type { CliContext } from './context.ts'
import type { ExplainFlags } from './explain.ts'
import { task } from './job.ts'
import { fromMoment, untilMoment, wholeNumber } from './typed-values.ts'

export function addPolicyCommands(program: Command, context: CliContext): void {
  program
    .command('set-config')
    .argument('<key>', 'a setting (docs/settings.md), also by the name that Frappe and ERPNext give it')
    .argument('<value>', 'its value; lists are words with commas between them, or JSON')
    .argument('[more...]', 'further keys and values: all of them are saved, or none')
    .description('Changes settings of a site and says what they were before.')
    .action(
      task(context, async (job, key: string, value: string, more: readonly string[]) =>
        (await import('./set-config.ts')).setConfig(job, [key, value, ...more]),
      ),
    )
  program
    .command('get-config')
    .argument('[key]', 'a setting; without it, all of them')
    .description('Shows the settings of a site as they are in force.')
    .action(
      task(context, async (job, key: string | undefined) => (await import('./get-config.ts')).getConfig(job, key)),
    )
  program
    .command('explain')
    .argument('<user>', 'the user')
    .description('Says whether a user would be asked for a second factor, and which rule decides it.')
    .option('--application <name>', 'the application they sign in to; web if it is left out')
    .option('--address <address>', 'the IP address they come from')
    .option('--at <moment>', 'another moment than now, like 2026-12-31T18:00:00Z', fromMoment)
    .action(
      task(context, async (job, user: string, flags: ExplainFlags) =>
        (await import('./explain.ts')).explainSignIn(job, user, flags),
      ),
    )
  const audit = program.command('audit').description('The audit log of a site.')
  filtered(audit.command('list').description('Lists the audit log, the newest first; with --json a line a row.'))
    .option('--before <number>', 'rows older than the one of this number', wholeNumber)
    .option('--limit <number>', 'how many rows at most', wholeNumber, 50)
    .action(task(context, async (job, flags: AuditFlags) => (await import('./audit.ts')).listAuditLog(job, flags)))
  filtered(audit.command('export').description('Writes the audit log to standard output, the oldest row first.'))
    .requiredOption('--format <csv|jsonl>', 'for spreadsheets, or a JSON document a line')
    .option('--newest-first', 'begins with the newest row')
    .action(
      task(context, async (job, flags: ExportFlags) => (await import('./audit-export.ts')).exportAuditLog(job, flags)),
    )
  audit
    .command('verify')
    .description(
      'Verifies the chain of the audit log. It ends with 0 when it is whole, 2 when an entry was changed, 3 when one is missing,' +
        ' 5 when its end was cut off, 6 when a newer version has to look.',
    )
    .action(task(context, async (job) => (await import('./audit-verify.ts')).verifyAuditLog(job)))
  const sessions = program.command('sessions').description('The sessions of a site.')
  sessions
    .command('clear')
    .description('Ends all sessions of a site at once: everybody signs in anew.')
    .option('--devices', 'forgets all remembered browsers too')
    .action(
      task(context, async (job, flags: { devices?: true }) =>
        (await import('./sessions.ts')).clearAllSessions(job, flags),
      ),
    )
}

function filtered(command: Command): Command {
  return command
    .option('--actor <name>', 'what this user did; cli is what was done by command line')
    .option('--subject <name>', 'what was done to this user, role or application')
    .option('--event <event>', 'events of this kind only, like policy.changed')
    .option('--from <moment>', 'not before this day or moment', fromMoment)
    .option('--to <moment>', 'not after this day, or before this moment', untilMoment)
}
