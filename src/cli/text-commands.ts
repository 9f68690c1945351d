import { type Command, Option } from 'commander'
import { LANGUAGES } from '#domain/language.ts'
import { WORDED_MESSAGES } from '#domain/wording.ts'
import type { CliContext } from './context.ts'
import { task } from './job.ts'

const MESSAGE = WORDED_MESSAGES.join(', ')

export function addTextCommands(program: Command, context: CliContext): void {
  const texts = program.command('texts').description("The words of a site's mails and SMS.")
  texts
    .command('list')
    .description('Lists what the site has put into its own words, and what can be filled in.')
    .action(task(context, async (job) => (await import('./texts.ts')).listTexts(job)))
  texts
    .command('set')
    .argument('<message>', MESSAGE)
    .description('Puts a message into own words: {"subject", "text", "sms"}. What is left out is said in ours.')
    .requiredOption('--file <file>', 'the words as a JSON document; - reads it from standard input')
    .addOption(language())
    .action(
      task(context, async (job, message: string, flags: { file: string; language: string }) =>
        (await import('./texts.ts')).setText(job, message, flags),
      ),
    )
  texts
    .command('unset')
    .argument('<message>', MESSAGE)
    .description('Has a message said in our words again.')
    .addOption(language())
    .action(
      task(context, async (job, message: string, flags: { language: string }) =>
        (await import('./texts.ts')).unsetText(job, message, flags),
      ),
    )
  texts
    .command('preview')
    .argument('<message>', MESSAGE)
    .description('Shows a message as it would arrive; without --file with the words in force.')
    .option('--file <file>', 'the words as a JSON document; - reads it from standard input')
    .addOption(language())
    .action(
      task(context, async (job, message: string, flags: { file?: string; language: string }) =>
        (await import('./texts.ts')).previewText(job, message, flags),
      ),
    )
}

function language(): Option {
  return new Option('--language <language>', 'the language of the words').choices(LANGUAGES).default('en')
}
