import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { VOUCHED_SECOND_FACTORS, type VouchedSecondFactor } from '#domain/identity-provider.ts'
import type { CliContext } from './context.ts'
import type { IdentityProviderFlags } from './identity-providers.ts'
import { task } from './job.ts'
import { onOff, several } from './typed-values.ts'

export function addIdentityProviderCommands(program: Command, context: CliContext): void {
  const providers = program
    .command('identity-providers')
    .description('Those outside whose word for a person counts at a site.')
  providers
    .command('list')
    .description('Lists the identity providers and what their sign-ins are spared.')
    .action(task(context, async (job) => (await import('./identity-providers.ts')).listIdentityProviders(job)))
  providers
    .command('set')
    .argument('<name>', 'the identity provider; it is made if it is not there yet')
    .description('Makes or changes a SAML identity provider; what is not named stays.')
    .option('--title <title>', 'what people see; the name if it is left out')
    .option('--enabled <on|off>', 'whether its word counts', onOff)
    .option(
      '--second-factor <what>',
      `${VOUCHED_SECOND_FACTORS.join(', ')}; what identity_provider.default_second_factor says if it is left out`,
      secondFactor,
    )
    .option('--entity-id <id>', 'its own name for itself')
    .option('--sso-url <address>', 'where a browser is sent to sign in')
    .option(
      '--certificate <file>',
      'a certificate in PEM; may be given several times, and takes the place of those before',
      several,
    )
    .option('--username-attribute <name|none>', 'the attribute with the user name; none: the NameID')
    .option(
      '--multi-factor-context <class>',
      'an authentication context class that counts as a second factor; may be given several times',
      several,
    )
    .action(
      task(context, async (job, name: string, flags: IdentityProviderFlags) =>
        (await import('./identity-providers.ts')).saveIdentityProvider(job, name, flags, (path) =>
          readFile(path, 'utf8'),
        ),
      ),
    )
  providers
    .command('delete')
    .argument('<name>', 'the identity provider')
    .description('Deletes an identity provider. Sessions that it opened go on.')
    .action(
      task(context, async (job, name: string) =>
        (await import('./identity-providers.ts')).dropIdentityProvider(job, name),
      ),
    )
}

function secondFactor(typed: string): VouchedSecondFactor {
  const known = VOUCHED_SECOND_FACTORS.find((each) => each === typed)
  if (known === undefined) throw new InvalidArgumentError(`One of ${VOUCHED_SECOND_FACTORS.join(', ')}.`)
  return known
}
