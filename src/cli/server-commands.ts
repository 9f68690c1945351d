import type { Command } from 'commander'
import type { RestoreFlags } from './backup.ts'
import type { CliContext } from './context.ts'
import type { DemoFlags } from './demo.ts'
import type { InitFlags } from './init-questions.ts'
import { task } from './job.ts'
import type { MoveFlags } from './move-store.ts'

/** In words here, because the presets themselves are loaded only when one is asked for; a test compares. */
export const PRESET_WORDS = 'manufacturing, scheduling, erp, fleet or retail'

export function addServerCommands(program: Command, context: CliContext): void {
  program
    .command('demo')
    .description('Runs a full site with users, captured mail and captured SMS on one port, until Ctrl-C.')
    .option('--preset <name>', `the policy to show: ${PRESET_WORDS}`)
    .option('--listen <host:port>', 'where to listen, on loopback only; port 0 is any free one')
    .option('--data <folder>', 'where to keep it')
    .option('--fresh', 'begin anew: what an earlier demo left in that folder is thrown away')
    .action(task(context, async (job, flags: DemoFlags) => (await import('./demo.ts')).demo(job, flags)))
  program
    .command('init')
    .description(
      'Makes what a server needs: a file with its environment, the key, the tables, the first site and its administrator.',
    )
    .option('--environment-file <file>', 'where to write the environment; never overwritten', 'countersign.env')
    .option('--origin <origin>', 'address under which people will reach it, like https://login.example.com')
    .option('--key-file <file>', 'file for the key; one that is there is used as it is')
    .option(
      '--database <address>',
      'sqlite:PATH or postgres://…; one with a password belongs into COUNTERSIGN_DATABASE',
    )
    .option('--smtp-url <address>', 'mail server; one with a password belongs into COUNTERSIGN_SMTP_URL')
    .option('--title <title>', 'what people see; the name of the site if it is left out')
    .option('--preset <name>', `the policy the site starts with: ${PRESET_WORDS}`)
    .option('--administrator <name>', 'user name of the first administrator; root if it is left out')
    .option('--email <address>', 'email address of the administrator')
    .option(
      '--password-stdin',
      'reads their password from standard input; without it a link is printed, by which they choose it',
    )
    .action(task(context, async (job, flags: InitFlags) => (await import('./init.ts')).init(job, flags)))
  program
    .command('serve')
    .description('Runs the server as the environment configures it (docs/configuration.md), until Ctrl-C.')
    .action(task(context, async (job) => (await import('./serve.ts')).serve(job)))
  program
    .command('break-glass')
    .requiredOption('--user <name>', 'who is to get in')
    .description(
      'Makes one code for a user that stands in for the second factor: for ten minutes, once, on the record.',
    )
    .action(
      task(context, async (job, flags: { user: string }) =>
        (await import('./break-glass.ts')).issueBreakGlass(job, flags),
      ),
    )
  program
    .command('doctor')
    .description(
      'Looks at clock, configuration, key, database, origin, and the channels of each site: what is wrong, and what to do.',
    )
    .action(task(context, async (job) => (await import('./doctor.ts')).doctor(job)))
  program
    .command('migrate')
    .description('Brings the tables of the database up to this version.')
    .action(task(context, async (job) => (await import('./migrate.ts')).migrate(job)))
  program
    .command('backup')
    .argument('<file>', 'where to write it; a file that exists is never written over')
    .description('Copies an SQLite database into one file while the server runs. The key file is not in it.')
    .action(task(context, async (job, file: string) => (await import('./backup.ts')).backupDatabase(job, file)))
  program
    .command('restore')
    .argument('[file]', 'what "backup" wrote')
    .option('--replace', 'put a database that is there aside, and the copy in its place')
    .option('--mark', 'only mark the database as restored, after pg_restore or another program has put it back')
    .description(
      'Puts a backup in the place of the database, with the server stopped: older codes are spent, everybody signs in anew, and the audit log tells of the gap.',
    )
    .action(
      task(context, async (job, file: string | undefined, flags: RestoreFlags) =>
        (await import('./backup.ts')).restoreDatabase(job, file, flags),
      ),
    )
  program
    .command('completion')
    .argument('<shell>', 'bash, zsh or fish')
    .description('Prints the script by which a shell completes commands and options.')
    .action(
      task(context, async (_job, shell: string) =>
        context.out((await import('./completion.ts')).completion(program, shell)),
      ),
    )
  program
    .command('migrate-store')
    .requiredOption('--from <address>', 'sqlite:PATH; no server may have it open')
    .requiredOption('--to <address>', 'postgres://user@host/database, with nothing in it')
    .description(
      'Copies everything from SQLite into an empty PostgreSQL database, and verifies each table and audit log.',
    )
    .action(task(context, async (job, flags: MoveFlags) => (await import('./move-store.ts')).moveDatabase(job, flags)))
  const keys = program.command('keys').description('The key of this installation, which secrets are sealed with.')
  keys
    .command('create')
    .argument('<file>', 'where to write it')
    .description('Makes a new key file. It never overwrites one: what was sealed with the old key would be lost.')
    .action(task(context, async (job, file: string) => (await import('./keys.ts')).createKey(job, file)))
  keys
    .command('add')
    .description('Puts a new key before those of the key file, which stay. It seals nothing before "keys rotate".')
    .action(task(context, async (job) => (await import('./keys.ts')).addKey(job)))
  keys
    .command('rotate')
    .description('Seals everything with the first key of the key file, while the server runs; interrupted, it goes on.')
    .action(task(context, async (job) => (await import('./keys.ts')).rotateKey(job)))
}
