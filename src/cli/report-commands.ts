import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import type { ReportFlags } from './reports.ts'

export function addReportCommands(program: Command, context: CliContext): void {
  const reports = program.command('reports').description('What there is to know about the users of a site.')
  report('adoption', 'Who has to pass a second factor, who can, with what, and who cannot yet.').action(
    task(context, async (job, flags: ReportFlags) => (await import('./reports.ts')).adoption(job, flags)),
  )
  report('delivery', 'SMS and emails by user in this and the previous month, and whom codes would not reach.').action(
    task(context, async (job, flags: ReportFlags) => (await import('./reports.ts')).delivery(job, flags)),
  )
  report('bypasses', 'Who is exempt, why and until when.').action(
    task(context, async (job, flags: ReportFlags) => (await import('./reports.ts')).bypasses(job, flags)),
  )
  report('password-logins', 'Which accounts still sign in by password over the API, and should have a key.').action(
    task(context, async (job, flags: ReportFlags) => (await import('./reports.ts')).passwordLogins(job, flags)),
  )

  function report(name: string, description: string): Command {
    return reports.command(name).description(description).option('--csv', 'as a file for spreadsheets, a line a user')
  }
}
