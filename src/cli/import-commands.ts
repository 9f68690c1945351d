import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import type { FrappeFlags, MoveFlags } from './move-in.ts'

export function addImportCommands(program: Command, context: CliContext): void {
  const imports = program
    .command('import')
    .description('Moves users and authenticator apps in from another system, so that nobody has to scan again.')
  about('frappe', '<dump>', 'SQL dump of a Frappe or ERPNext site, also with .gz')
    .description('Moves the users of a Frappe site in, with their passwords and authenticator apps.')
    .requiredOption(
      '--encryption-key-file <file>',
      "the site's site_config.json, or a file with nothing but its encryption_key",
    )
    .action(
      task(context, async (job, path: string, flags: FrappeFlags) =>
        (await import('./move-in.ts')).moveFromFrappe(job, path, flags),
      ),
    )
  about('csv', '<file>', 'CSV with a header of username, otpauth, secret, digits, algorithm, period')
    .description('Moves authenticator apps in: for each user an otpauth address, or a secret in base32.')
    .action(from('csv'))
  about('otpauth', '<file>', 'one otpauth:// address a line; the account in it is the user name')
    .description('Moves authenticator apps in from a list of otpauth addresses.')
    .action(from('otpauth'))
  about('privacyidea', '<file>', 'token file of privacyIDEA or LinOTP, version 2, with users')
    .description('Moves authenticator apps in from a token file of privacyIDEA.')
    .action(from('privacyidea'))

  function about(name: string, argument: string, what: string): Command {
    return imports
      .command(name)
      .argument(argument, what)
      .option('--dry-run', 'checks everything and changes nothing')
      .option('--errors <file>', 'writes every problem with its line to this CSV file')
  }

  function from(form: 'csv' | 'otpauth' | 'privacyidea') {
    return task(context, async (job, path: string, flags: MoveFlags) =>
      (await import('./move-in.ts')).moveFromFile(job, form, path, flags),
    )
  }
}
