import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import type { OpenIdClientFlags } from './openid.ts'
import { several } from './typed-values.ts'

export function addOpenIdCommands(program: Command, context: CliContext): void {
  const openid = program.command('openid').description('Applications that sign their users in by OpenID Connect.')
  openid
    .command('list')
    .description('Lists them. Secrets are shown once, when they are made.')
    .action(task(context, async (job) => (await import('./openid.ts')).listOpenIdClients(job)))
  openid
    .command('set')
    .argument('<application>', 'the application, which is its client id; it is made if it is not there yet')
    .description(
      'Lets an application sign in by OpenID Connect and prints its secret, or changes how; what is not named stays.',
    )
    .option('--redirect <address>', 'where people are led back to, to the letter; may be given several times', several)
    .option('--after-logout <address>', 'where they may be led to after signing out; several times', several)
    .option('--public', 'it cannot keep a secret: an app on a phone, a page without a server')
    .option('--new-secret', 'replaces the secret; the one before is worth nothing at once')
    .action(
      task(context, async (job, application: string, flags: OpenIdClientFlags) =>
        (await import('./openid.ts')).setOpenIdClientOf(job, application, flags),
      ),
    )
  openid
    .command('remove')
    .argument('<application>', 'the application; it stays one')
    .description('Ends OpenID Connect for an application.')
    .action(
      task(context, async (job, application: string) =>
        (await import('./openid.ts')).removeOpenIdClientOf(job, application),
      ),
    )
  openid
    .command('rotate-keys')
    .description('Signs tokens with a new key. Those before it stay published for two days.')
    .option('--compromised', 'the keys are lost or in other hands: they are published no more at once')
    .action(
      task(context, async (job, flags: { compromised?: boolean }) =>
        (await import('./openid.ts')).rotateKeys(job, flags),
      ),
    )
}
