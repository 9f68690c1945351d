import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import type { ExplainFlags } from './explain.ts'
import { task } from './job.ts'
import type { SetConfigFlags } from './set-config.ts'
import { fromMoment } from './typed-values.ts'

export const ACKNOWLEDGE_WORDS = 'saves although a channel that it rests on was never proved'

export function addPolicyCommands(program: Command, context: CliContext): void {
  program
    .command('set-config')
    .argument('<key>', 'a setting (docs/settings.md), also by the name that Frappe and ERPNext give it')
    .argument('<value>', 'its value; lists are words with commas between them, or JSON')
    .argument('[more...]', 'further keys and values: all of them are saved, or none')
    .description('Changes settings of a site and says what they were before.')
    .option('--acknowledge', ACKNOWLEDGE_WORDS)
    .option('--reason <reason>', 'why, for the audit log, where what happens without a channel is changed')
    .action(
      task(context, async (job, key: string, value: string, more: readonly string[], flags: SetConfigFlags) =>
        (await import('./set-config.ts')).setConfig(job, [key, value, ...more], flags),
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
