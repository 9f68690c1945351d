import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import type { HardwareFileFlags } from './hardware-import.ts'
import { task } from './job.ts'

export function addHardwareCommands(program: Command, context: CliContext): void {
  const hardware = program
    .command('hardware')
    .description('Hardware tokens: devices with a button or a clock that show one-time passwords.')
  hardware
    .command('list')
    .description('Lists them, and who has each. No secret is shown.')
    .action(task(context, async (job) => (await import('./hardware.ts')).listHardware(job)))
  hardware
    .command('import')
    .argument(
      '<file>',
      'CSV with a header of serial, secret, type, digits, algorithm, period, counter; or PSKC (RFC 6030)',
    )
    .description("Takes the tokens of their maker's list in, all of them or none.")
    .option('--key-file <file>', 'the key of an encrypted PSKC file, in hexadecimal')
    .option('--password-file <file>', 'the password of an encrypted PSKC file')
    .option('--dry-run', 'checks everything and changes nothing')
    .action(
      task(context, async (job, path: string, flags: HardwareFileFlags) =>
        (await import('./hardware-import.ts')).importHardwareFile(job, path, flags),
      ),
    )
  about('assign', 'Hands a token to a user, who is told by mail.')
    .argument('<name>', 'the user')
    .action(
      task(context, async (job, serial: string, name: string) =>
        (await import('./hardware.ts')).assignHardwareTo(job, serial, name),
      ),
    )
  about(
    'resynchronise',
    'Finds a token whose button was pressed too often. Two codes, one after the other, are read from standard input.',
  ).action(
    task(context, async (job, serial: string) => (await import('./hardware.ts')).resynchroniseBySerial(job, serial)),
  )
  about('remove', 'Throws a token away, whoever has it.')
    .option('--yes', 'really; nothing is removed without it')
    .action(
      task(context, async (job, serial: string, flags: { yes?: true }) =>
        (await import('./hardware.ts')).removeHardwareBySerial(job, serial, flags),
      ),
    )

  function about(name: string, description: string): Command {
    return hardware.command(name).argument('<serial>', 'the serial number on the token').description(description)
  }
}
