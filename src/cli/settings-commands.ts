import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import { ACKNOWLEDGE_WORDS } from './policy-commands.ts'
import type { PresetFlags } from './preset.ts'
import { PRESET_WORDS } from './server-commands.ts'

export function addSettingsCommands(program: Command, context: CliContext): void {
  program
    .command('preview')
    .argument('<key>', 'a setting, as in set-config')
    .argument('<value>', 'the value it would have')
    .argument('[more...]', 'further keys and values')
    .description('Says who would newly be asked, who no longer, and who could not pass and why. Nothing is changed.')
    .action(
      task(context, async (job, key: string, value: string, more: readonly string[]) =>
        (await import('./preview.ts')).preview(job, [key, value, ...more]),
      ),
    )
  program
    .command('preset')
    .argument('<name>', PRESET_WORDS)
    .description('Gives a site the settings of a preset and shows what they were before.')
    .option('--dry-run', 'shows the difference and what it would do; nothing is changed')
    .option('--acknowledge', ACKNOWLEDGE_WORDS)
    .action(
      task(context, async (job, name: string, flags: PresetFlags) =>
        (await import('./preset.ts')).preset(job, name, flags),
      ),
    )
  program
    .command('settings')
    .description('What can be set.')
    .command('search')
    .argument('<words...>', 'its name here or in the system you come from, or what it does')
    .description('Finds a setting by the name it has in Next Plus, Schedule it, ERPNext, Mapon, iVendNext or Frappe.')
    .action(
      task(context, async (job, words: readonly string[]) =>
        (await import('./settings-search.ts')).searchForSetting(job, words),
      ),
    )
}
