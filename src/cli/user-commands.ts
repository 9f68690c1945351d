import { Command } from 'commander'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import { fromMoment, numberOrNone, onOff, several, untilMomentOrNever } from './typed-values.ts'
import type { BypassFlags } from './users-bypass.ts'
import type { UserFlags } from './users-change.ts'
import type { ImportFlags } from './users-import.ts'

/** In words here, because the import itself is loaded only when it is asked for; a test compares. */
export const IMPORT_WORDS =
  'username, display_name, email, phone, kind, roles, language, two_factor_app, two_factor_email, two_factor_sms'

export function addUserCommands(program: Command, context: CliContext): void {
  const users = program.command('users').description('The users of a site.')
  users
    .command('list')
    .description('Lists the users.')
    .action(task(context, async (job) => (await import('./users-read.ts')).listUsers(job)))
  users
    .command('import')
    .argument('<file>', `CSV with a header of ${IMPORT_WORDS}; - reads it from standard input`)
    .description('Makes the users of a CSV file: all of them, or none when a row is wrong.')
    .option('--dry-run', 'checks every row and makes nobody')
    .option('--errors <file>', 'writes every problem with its line to this CSV file')
    .action(
      task(context, async (job, file: string, flags: ImportFlags) =>
        (await import('./users-import.ts')).importFromFile(job, file, flags),
      ),
    )
  about('show', 'Shows a user, with locks, authenticators and sessions.').action(
    task(context, async (job, name: string) => (await import('./users-read.ts')).showUser(job, name)),
  )
  withFields(about('add', 'Makes a user.')).action(
    task(context, async (job, name: string, flags: UserFlags) =>
      (await import('./users-change.ts')).addUser(job, name, flags),
    ),
  )
  withFields(about('set', 'Changes a user; what is not named stays. Another password ends all sessions.'))
    .option('--status <status>', 'active or disabled; disabling ends all sessions')
    .option('--no-role', 'takes all roles away')
    .action(
      task(context, async (job, name: string, flags: UserFlags) =>
        (await import('./users-change.ts')).setUser(job, name, flags),
      ),
    )
  about('switch', 'Switches the second factor of a user on or off at one application.')
    .requiredOption('--application <name>', 'the application, like web')
    .requiredOption('--two-factor-auth <on|off>', 'whether this user passes a second factor there', onOff)
    .action(
      task(context, async (job, name: string, flags: { application: string; twoFactorAuth: boolean }) =>
        (await import('./users-change.ts')).switchUser(job, name, flags),
      ),
    )
  about('bypass', 'Exempts a user from the second factor, on the record.')
    .requiredOption('--reason <reason>', 'shared_workstation, no_real_email, integration_user, or other with a note')
    .option('--note <text>', 'the reason in your own words', '')
    .option('--until <date|never>', 'when it ends, like 2026-12-31; without it, after 90 days', untilMomentOrNever)
    .action(
      task(context, async (job, name: string, flags: BypassFlags) =>
        (await import('./users-bypass.ts')).bypassUser(job, name, flags),
      ),
    )
  about('unbypass', 'Ends the exemption of a user.').action(
    task(context, async (job, name: string) => (await import('./users-bypass.ts')).endBypass(job, name)),
  )
  about('unlock', 'Lifts the lock after failed codes and forgets them.').action(
    task(context, async (job, name: string) => (await import('./users-change.ts')).unlock(job, name)),
  )
  about('reset', 'Takes all authenticators of a user away and ends their sessions; the next sign-in sets up a new one.')
    .option('--reason <text>', 'why, for the record')
    .action(
      task(context, async (job, name: string, flags: { reason?: string }) =>
        (await import('./users-reset.ts')).resetUser(job, name, flags),
      ),
    )
  about(
    'reset-password',
    'Mails a user a link by which they choose a password, the first one or another; good once, for 24 hours.',
  ).action(
    task(context, async (job, name: string) => (await import('./users-reset-password.ts')).resetPassword(job, name)),
  )
  about(
    'first-link',
    'Prints a link by which a user who has no password yet chooses the first one; good once, for 24 hours.',
  ).action(
    task(context, async (job, name: string) => (await import('./users-first-link.ts')).printFirstLink(job, name)),
  )
  about('repair-steps', 'Gives the codes of a user back that were spent while the clock was ahead.')
    .requiredOption('--reason <text>', 'why, for the record')
    .requiredOption(
      '--time <moment>',
      'what another clock shows now, like 2026-12-31T18:00Z: both have to agree',
      fromMoment,
    )
    .action(
      task(context, async (job, name: string, flags: { reason: string; time: number }) =>
        (await import('./users-repair.ts')).repairUser(job, name, flags),
      ),
    )
  users
    .command('recovery-requests')
    .description('Lists users who have lost everything and ask to begin anew.')
    .action(task(context, async (job) => (await import('./users-recovery.ts')).listRequests(job)))
  about('recovery-approve', 'Says that it was made sure who is asking to begin anew, and how.')
    .requiredOption('--check <name>', 'called_back, seen, superior or document; two different ones at least', several)
    .requiredOption('--reason <text>', 'whom you spoke to, and how you were sure; for the record')
    .action(
      task(context, async (job, name: string, flags: { check: readonly string[]; reason: string }) =>
        (await import('./users-recovery.ts')).approveRequest(job, name, flags),
      ),
    )
  about('recovery-refuse', 'Refuses a request to begin anew.')
    .requiredOption('--reason <text>', 'why, for the record')
    .action(
      task(context, async (job, name: string, flags: { reason: string }) =>
        (await import('./users-recovery.ts')).refuseRequest(job, name, flags),
      ),
    )
  about(
    'recovery-code',
    'Makes the code that ends an approved request, to be told to the user within ten minutes.',
  ).action(task(context, async (job, name: string) => (await import('./users-recovery.ts')).giveBindingCode(job, name)))
  about('end-sessions', 'Ends all sessions of a user, so that new settings apply to them at once.')
    .option('--devices', 'forgets the remembered browsers too')
    .action(
      task(context, async (job, name: string, flags: { devices?: true }) =>
        (await import('./sessions.ts')).endSessionsOf(job, name, flags),
      ),
    )
  about('delete', 'Deletes a user and everything of theirs.')
    .option('--yes', 'really; nothing is deleted without it')
    .action(
      task(context, async (job, name: string, flags: { yes?: true }) =>
        (await import('./users-change.ts')).removeUser(job, name, flags),
      ),
    )

  function about(name: string, description: string): Command {
    return users.command(name).argument('<name>', 'the user').description(description)
  }
}

function withFields(command: Command): Command {
  return command
    .option('--email <address>', 'the email address; "" takes it away')
    .option('--phone <number>', 'the mobile number in international form, like +4915112345678; "" takes it away')
    .option('--display-name <name>', 'what the user is called')
    .option('--kind <kind>', 'system (works in the software), website (a customer) or service (a program)')
    .option('--language <tag>', 'the language of messages, like en; "" takes it away')
    .option('--role <name>', 'a role; may be given several times, and replaces the roles held', several)
    .option('--two-factor-sms [on|off]', 'requires a second factor, and allows codes by SMS', onOff)
    .option('--two-factor-email [on|off]', 'requires a second factor, and allows codes by email', onOff)
    .option('--two-factor-app [on|off]', 'requires a second factor, and allows an authenticator app', onOff)
    .option(
      '--interval-hours <hours|none>',
      'hours between challenges; the smallest of all levels counts',
      numberOrNone,
    )
    .option('--password-stdin', 'reads the password from standard input; passwords are never arguments')
}
