import { hours } from '#domain/time.ts'
import { BETTER_THAN_SMS } from '#domain/method.ts'
import type { Ports } from '#ports/ports.ts'
import { type ChannelHealth, deliveryHealth } from './delivery-health.ts'
import { fine, type Finding, warning, wrong } from './finding.ts'
import { verifyAudit } from './verify-audit.ts'

const SEALED_WITHIN = hours(1)

/** What an operator should know of one site: who could not get in, what does not send, what was changed behind its back. */
export async function examineSite(ports: Ports, name: string): Promise<readonly Finding[]> {
  const file = await ports.store.siteFile(name)
  const health = await deliveryHealth(ports, name)
  if (!file || health === 'unknown-site') return []
  const { site, settings, unreadable, unreadableRows } = file
  const found: Finding[] = []

  if (unreadable.length > 0)
    found.push(
      wrong(
        'settings',
        `${unreadable.join(', ')} cannot be read, so the site is held to the strictest values.`,
        `countersign --site ${name} set-config KEY VALUE, or run the version that wrote them.`,
      ),
    )
  if (unreadableRows.length > 0)
    found.push(
      wrong(
        'values',
        `${unreadableRows.join(', ')} cannot be read, so the strictest value there is holds instead.`,
        `countersign --site ${name} roles set or applications set, or run the version that wrote them.`,
      ),
    )
  const administrators = (await ports.store.administrators(site.id)).filter(
    ({ status, hasPassword, disabled }) => status === 'active' && hasPassword && !disabled,
  )
  found.push(
    administrators.length === 0
      ? wrong(
          'administrators',
          'Nobody can sign in as an administrator.',
          `countersign --site ${name} users add NAME --role Administrator, or break-glass for one who is locked out.`,
        )
      : fine('administrators', `${administrators.length} can sign in.`),
  )
  found.push(
    health.letIn > 0
      ? wrong(
          'two-factor',
          `Armed, not enforced: ${health.letIn} users get in with the password alone, because no channel is set up.`,
          `Set up email (countersign --site ${name} channels set email --file FILE), or set delivery.when_unconfigured to enrol_app.`,
        )
      : fine('two-factor', settings['two_factor.enabled'] ? 'Switched on, and enforced.' : 'Switched off.'),
  )
  if (health.shutOut > 0)
    found.push(
      wrong(
        'ways in',
        `${health.shutOut === 1 ? '1 user has' : `${health.shutOut} users have`} no way in: what the policy asks for they have not, and it can reach them by nothing.`,
        `countersign --site ${name} reports adoption names them (refused). Set up a channel, or set delivery.when_unconfigured to enrol_app.`,
      ),
    )
  for (const channel of health.channels) found.push(channelFinding(name, channel))
  const methods = settings['methods.allowed']
  if (methods.includes('sms') && !BETTER_THAN_SMS.some((each) => methods.includes(each)))
    found.push(
      warning(
        'restricted method',
        'SMS is restricted: a number can be taken over, and its messages read. No method that is better is allowed here.',
        `Add app or passkey to methods.allowed (docs/delivery.md, "What SMS is worth").`,
      ),
    )
  found.push(await auditFinding(ports, name))
  for (const { name: stream, failingSince, lastError } of await ports.store.auditStreams(site.id))
    if (failingSince !== null)
      found.push(
        warning(
          'audit stream',
          `${stream} has not taken the log: ${lastError ?? 'no reason was given'}.`,
          `Look at the receiver; nothing is lost meanwhile (countersign --site ${name} audit streams list).`,
        ),
      )
  return found
}

function channelFinding(site: string, { channel, state, lastError }: ChannelHealth): Finding {
  const test = `countersign --site ${site} delivery test ${channel} ${channel === 'email' ? 'ADDRESS' : 'NUMBER'}`
  switch (state) {
    case 'proved':
      return fine(channel, 'Set up, and a code has come back over it.')
    case 'unproved':
      return warning(channel, 'Set up, and never proved.', `Send yourself a code: ${test}`)
    case 'failing':
      return wrong(
        channel,
        `Failing: ${lastError?.says ?? 'its configuration cannot be read'}`,
        `Mend it, then: ${test}`,
      )
    case 'off':
      return fine(channel, 'Switched off by an administrator.')
    case 'unconfigured':
      return fine(channel, 'Not set up.')
  }
}

async function auditFinding(ports: Ports, site: string): Promise<Finding> {
  const verdict = await verifyAudit(ports, { site })
  if (verdict.kind !== 'ok')
    return wrong('audit log', 'It is not what was written.', `countersign --site ${site} audit verify says where.`)
  const unsealed = (await ports.store.unsealedLogs()).find((each) => each.site === site)
  const late = unsealed !== undefined && ports.clock.now() - (unsealed.since ?? 0) > SEALED_WITHIN
  return late && verdict.sealed > 0
    ? warning('audit log', 'Whole, and not sealed for more than an hour.', 'A running server seals it: is one running?')
    : fine('audit log', `Whole: ${verdict.head.seq} entries, ${verdict.checkpoints} checkpoints.`)
}
