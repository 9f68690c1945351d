import type { Command } from 'commander'
import { SCOPES } from '#domain/api-key.ts'
import type { CreateKeyFlags } from './api-keys.ts'
import type { CliContext } from './context.ts'
import { task } from './job.ts'
import { addIdentityProviderCommands } from './identity-provider-commands.ts'
import { addTextCommands } from './text-commands.ts'
import { addOpenIdCommands } from './openid-commands.ts'
import type { RoleFlags } from './roles.ts'
import { PRESET_WORDS } from './server-commands.ts'
import type { CreateSiteFlags } from './sites.ts'
import { numberOrNone, onOff, several, untilMoment, words, wordsOrNone } from './typed-values.ts'

export function addSiteCommands(program: Command, context: CliContext): void {
  addSites(program, context)
  addRoles(program, context)
  addApplications(program, context)
  addChannels(program, context)
  addDelivery(program, context)
  addTextCommands(program, context)
  addApiKeys(program, context)
  addOpenIdCommands(program, context)
  addIdentityProviderCommands(program, context)
}

function addSites(program: Command, context: CliContext): void {
  const sites = program.command('sites').description('The sites of this installation.')
  sites
    .command('list')
    .description('Lists the sites.')
    .action(task(context, async (job) => (await import('./sites.ts')).listSites(job)))
  sites
    .command('create')
    .argument('<name>', 'the first part of its addresses: lower-case letters, digits and hyphens')
    .description('Makes a site. Two-factor authentication is off until it is switched on.')
    .option('--preset <name>', `the policy it starts with: ${PRESET_WORDS}`)
    .option('--title <title>', 'what people see; the name if it is left out')
    .action(
      task(context, async (job, name: string, flags: CreateSiteFlags) =>
        (await import('./sites.ts')).createNewSite(job, name, flags),
      ),
    )
  sites
    .command('delete')
    .argument('<name>', 'the site')
    .description('Deletes a site and everything in it. Its audit log stays.')
    .option('--yes', 'really; nothing is deleted without it')
    .action(
      task(context, async (job, name: string, flags: { yes?: true }) =>
        (await import('./sites.ts')).removeSite(job, name, flags),
      ),
    )
  sites
    .command('deleted')
    .description('Lists the deleted sites. Their audit logs are kept, closed and sealed.')
    .action(task(context, async (job) => (await import('./sites-deleted.ts')).listDeletedSites(job)))
  sites
    .command('export-log')
    .argument('<site>', 'a deleted site, by name or id')
    .description('Writes the audit log of a deleted site to standard output, for audit verify --bundle.')
    .action(
      task(context, async (job, site: string) => (await import('./sites-deleted.ts')).exportDeletedLog(job, site)),
    )
}

function addRoles(program: Command, context: CliContext): void {
  const roles = program.command('roles').description('What the roles of a site say about the second factor.')
  roles
    .command('list')
    .description('Lists the roles.')
    .action(task(context, async (job) => (await import('./roles.ts')).listRoles(job)))
  withFlags(roles.command('add').argument('<name>', 'what it is called'))
    .description('Makes a role that nobody holds yet; what is not named has no opinion.')
    .action(
      task(context, async (job, name: string, flags: RoleFlags) =>
        (await import('./roles.ts')).addRole(job, name, flags),
      ),
    )
  withFlags(roles.command('set').argument('<name>', 'the role; All is held by every system user'))
    .description('Changes what a role says; what is not named stays.')
    .action(
      task(context, async (job, name: string, flags: RoleFlags) =>
        (await import('./roles.ts')).changeRole(job, name, flags),
      ),
    )
}

function withFlags(command: Command): Command {
  return command
    .option('--two-factor-auth <on|off>', 'whether its holders must pass a second factor', onOff)
    .option('--bypass-allowed <on|off>', 'whether an exemption of its holders counts', onOff)
    .option('--fail-open-allowed <on|off>', 'whether its holders may be let in where no channel was ever set up', onOff)
    .option('--methods <list|none>', 'the methods it narrows the site to, like app,email', wordsOrNone)
    .option(
      '--interval-hours <hours|none>',
      'hours between challenges; the smallest of all levels counts',
      numberOrNone,
    )
    .option('--grace-days <days|none>', 'days until an authenticator has to be set up', numberOrNone)
    .option(
      '--trusted-networks <list|none>',
      'networks that count as trusted for its holders, like 10.0.0.0/8',
      wordsOrNone,
    )
}

function addApplications(program: Command, context: CliContext): void {
  const applications = program.command('applications').description('What people sign in to at a site.')
  applications
    .command('list')
    .description('Lists the applications.')
    .action(task(context, async (job) => (await import('./applications.ts')).listApplications(job)))
  applications
    .command('set')
    .argument('<name>', 'the application')
    .description('Changes an application.')
    .requiredOption(
      '--default-for-new-users <on|off>',
      'whether users made from now on get a second factor here; nobody who exists is touched',
      onOff,
    )
    .action(
      task(context, async (job, name: string, flags: { defaultForNewUsers: boolean }) =>
        (await import('./applications.ts')).changeApplication(job, name, flags),
      ),
    )
  applications
    .command('protect')
    .argument('<name>', 'the application; it is made if it is not there yet')
    .description('Puts forward-auth before an application: names the hosts it is at, in place of those before.')
    .requiredOption('--host <host>', 'like wiki.example.com or *.apps.example.com; may be given several times', several)
    .action(
      task(context, async (job, name: string, flags: { host: readonly string[] }) =>
        (await import('./applications-protect.ts')).protectApplication(job, name, flags),
      ),
    )
}

const AT_ONCE = 'do not wait: codes over this channel end now'

function addChannels(program: Command, context: CliContext): void {
  const channels = program.command('channels').description('How a site sends email and SMS.')
  channels
    .command('list')
    .description('Lists the channels and whose configuration holds. Secrets are never shown.')
    .action(task(context, async (job) => (await import('./channels.ts')).listChannels(job)))
  channels
    .command('set')
    .argument('<channel>', 'email or sms')
    .description('Sets up a channel of a site from a JSON document, which is stored sealed.')
    .requiredOption('--file <file>', 'the document; - reads it from standard input')
    .action(
      task(context, async (job, channel: string, flags: { file: string }) =>
        (await import('./channels.ts')).configureChannel(job, channel, flags.file),
      ),
    )
  channels
    .command('show')
    .argument('<channel>', 'email or sms')
    .description('Shows the set-up of a channel without its secrets.')
    .action(task(context, async (job, channel: string) => (await import('./channels.ts')).showChannel(job, channel)))
  channels
    .command('unset')
    .argument('<channel>', 'email or sms')
    .description('Takes the set-up of a site away, after a day if the policy needs it: that of the server holds again.')
    .option('--at-once', AT_ONCE)
    .action(
      task(context, async (job, channel: string, flags: { atOnce?: true }) =>
        (await import('./channels.ts')).unsetOwnChannel(job, channel, flags),
      ),
    )
  channels
    .command('off')
    .argument('<channel>', 'email or sms')
    .description(
      'Switches a channel off for a site, after a day if the policy needs it. It then counts as never set up.',
    )
    .option('--at-once', AT_ONCE)
    .action(
      task(context, async (job, channel: string, flags: { atOnce?: true }) =>
        (await import('./channels.ts')).switchChannelOff(job, channel, flags),
      ),
    )
  channels
    .command('keep')
    .argument('<channel>', 'email or sms')
    .description('Keeps a channel that is to be taken away.')
    .action(task(context, async (job, channel: string) => (await import('./channels.ts')).keepOwnChannel(job, channel)))
}

function addDelivery(program: Command, context: CliContext): void {
  const delivery = program.command('delivery').description('Whether messages arrive, and why not.')
  delivery
    .command('health')
    .description('How each channel fares, with the last error in the words of the server, and whom nothing reaches.')
    .action(task(context, async (job) => (await import('./delivery.ts')).showHealth(job)))
  delivery
    .command('test')
    .argument('<channel>', 'email or sms')
    .argument('<to>', 'where the test message goes: an email address or a phone number')
    .description('Sends a code over a channel and shows each step; "delivery confirm" proves the channel with it.')
    .action(
      task(context, async (job, channel: string, to: string) =>
        (await import('./delivery.ts')).sendTest(job, channel, to),
      ),
    )
  delivery
    .command('confirm')
    .argument('<code>', 'the code that came')
    .description('Types the code of the test back: the channel counts as proved.')
    .action(task(context, async (job, code: string) => (await import('./delivery.ts')).confirmTest(job, code)))
}

function addApiKeys(program: Command, context: CliContext): void {
  const keys = program.command('api-keys').description('Keys for programs that use the API of a site.')
  keys
    .command('list')
    .description('Lists the keys by name; a key itself is shown once, when it is made.')
    .action(task(context, async (job) => (await import('./api-keys.ts')).listApiKeys(job)))
  keys
    .command('create')
    .argument('<name>', 'what the key is for')
    .description('Makes a key and prints it, this once.')
    .requiredOption('--scopes <list>', `what it may do: ${SCOPES.join(', ')}`, words)
    .option('--user <name>', 'the service account it acts for')
    .option('--until <date>', 'when it ends, like 2026-12-31; without it, never', untilMoment)
    .action(
      task(context, async (job, name: string, flags: CreateKeyFlags) =>
        (await import('./api-keys.ts')).createKeyForProgram(job, name, flags),
      ),
    )
}
