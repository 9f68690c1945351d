import type { Command } from 'commander'
import type { ExportFlags } from './audit-export.ts'
import type { VerifyFlags } from './audit-verify.ts'
import type { AddStreamFlags } from './audit-streams.ts'
import type { AuditFlags } from './audit.ts'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import { fromMoment, untilMoment, wholeNumber } from './typed-values.ts'

export function addAuditCommands(program: Command, context: CliContext): void {
  const audit = program.command('audit').description('The audit log of a site.')
  filtered(audit.command('list').description('Lists the audit log, the newest first; with --json a line a row.'))
    .option('--before <number>', 'rows older than the one of this number', wholeNumber)
    .option('--limit <number>', 'how many rows at most', wholeNumber, 50)
    .action(task(context, async (job, flags: AuditFlags) => (await import('./audit.ts')).listAuditLog(job, flags)))
  filtered(audit.command('export').description('Writes the audit log to standard output, the oldest row first.'))
    .requiredOption(
      '--format <csv|jsonl|bundle>',
      'for spreadsheets, a JSON document a line, or to be verified elsewhere',
    )
    .option('--newest-first', 'begins with the newest row')
    .action(
      task(context, async (job, flags: ExportFlags) => (await import('./audit-export.ts')).exportAuditLog(job, flags)),
    )
  addProofs(audit, context)
  addKeeping(audit, context)
  addStreams(audit, context)
}

function addProofs(audit: Command, context: CliContext): void {
  audit
    .command('verify')
    .description(
      'Verifies the audit log and its signed checkpoints. It ends with 0 when it is whole, 2 when an entry was changed, 3 when one is' +
        ' missing, 4 when a checkpoint is not signed, 5 when the log was cut off or rewritten, 6 when a newer version has to look,' +
        ' 7 when nothing was changed but a clock was set back.',
    )
    .option('--bundle <file>', 'an exported log instead of the database of a site')
    .option('--pubkey <file>', 'the public keys that count, as "audit key" prints them')
    .option('--anchor <file>', 'checkpoints that were kept elsewhere: the log must have come by them')
    .action(
      task(context, async (job, flags: VerifyFlags) => (await import('./audit-verify.ts')).verifyAuditLog(job, flags)),
    )
  audit
    .command('prove')
    .argument('<number>', 'the entry', wholeNumber)
    .description('Prints a proof that an entry is in the log, for somebody who has the public key and nothing else.')
    .action(task(context, async (job, seq: number) => (await import('./audit-proof.ts')).proveAuditEntry(job, seq)))
  audit
    .command('check-proof')
    .argument('<file>', 'what "audit prove" printed')
    .description('Checks such a proof; it needs no database.')
    .requiredOption('--pubkey <file>', 'the public keys that count')
    .action(
      task(context, async (job, path: string, flags: { pubkey: string }) =>
        (await import('./audit-proof.ts')).checkAuditProof(job, path, flags),
      ),
    )
}

function addKeeping(audit: Command, context: CliContext): void {
  audit
    .command('key')
    .description('Prints the public keys that checkpoints of the site are signed with, to be kept elsewhere.')
    .action(task(context, async (job) => (await import('./audit-keep.ts')).showAuditKeys(job)))
  audit
    .command('rotate-key')
    .description('Signs from now on with a new key; the log tells of it, signed with both.')
    .action(task(context, async (job) => (await import('./audit-keep.ts')).changeAuditKey(job)))
  audit
    .command('seal')
    .description('Signs a checkpoint now and prints it. A running server does so by itself every minute.')
    .action(task(context, async (job) => (await import('./audit-keep.ts')).sealAuditLog(job)))
  audit
    .command('purge')
    .description('Removes the oldest part of the log, up to a checkpoint; what is left verifies as before.')
    .option('--before <moment>', 'keeps entries from this day or moment on; left out: audit.retention_days', fromMoment)
    .action(
      task(context, async (job, flags: { before?: number }) =>
        (await import('./audit-keep.ts')).purgeAuditLog(job, flags),
      ),
    )
  audit
    .command('erase')
    .argument('<id>', 'a deleted user, by the id in the log')
    .description(
      'Erases names, addresses and browsers from all entries about a deleted user. The entries stay, and verify.',
    )
    .action(
      task(context, async (job, user: string) => (await import('./audit-keep.ts')).erasePersonalValues(job, user)),
    )
}

function addStreams(audit: Command, context: CliContext): void {
  const streams = audit.command('streams').description('Receivers outside that the log is sent on to, entry by entry.')
  streams
    .command('list')
    .description('Lists the receivers, how far each of them is, and what was wrong last.')
    .action(task(context, async (job) => (await import('./audit-streams.ts')).listStreams(job)))
  streams
    .command('add')
    .argument('<name>', 'a name for the receiver')
    .description('Sends the log on to a syslog server, a webhook or a file, as a JSON document says (docs/audit.md).')
    .requiredOption('--kind <kind>', 'syslog, webhook or file')
    .requiredOption('--file <file>', 'the document; - reads it from standard input')
    .option('--from-start', 'from the first entry there is; otherwise from now on')
    .action(
      task(context, async (job, name: string, flags: AddStreamFlags) =>
        (await import('./audit-streams.ts')).addStream(job, name, flags),
      ),
    )
  streams
    .command('remove')
    .argument('<name>', 'the receiver')
    .description('Sends nothing on to a receiver any more.')
    .action(task(context, async (job, name: string) => (await import('./audit-streams.ts')).removeStream(job, name)))
}

function filtered(command: Command): Command {
  return command
    .option('--actor <name>', 'what this user did; cli is what was done by command line')
    .option('--subject <name>', 'what was done to this user, role or application')
    .option('--event <event>', 'events of this kind only, like policy.changed')
    .option('--from <moment>', 'not before this day or moment', fromMoment)
    .option('--to <moment>', 'not after this day, or before this moment', untilMoment)
}
