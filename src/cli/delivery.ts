import type { SendStep } from '#ports/delivery.ts'
import { rfc3339 } from '#domain/time.ts'
import { confirmChannelTest } from '#usecases/confirm-channel-test.ts'
import { type ChannelHealth, deliveryHealth } from '#usecases/delivery-health.ts'
import { healthJson } from '#usecases/delivery-health-record.ts'
import { testChannel } from '#usecases/test-channel.ts'
import { channelNamed } from './channels.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'
import { paint, table } from './output.ts'

/** What an administrator asks first when a code did not come. */
export function showHealth(job: Job): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const health = await deliveryHealth(ports, order.site)
    if (health === 'unknown-site') throw notFound('site', order.site, [])
    const red =
      health.letIn === 0
        ? []
        : [
            paint(job.context, 'red', `ARMED, NOT ENFORCED: ${health.letIn} users get in with the password alone.`),
            'The policy asks for a channel that nobody has set up, and delivery.when_unconfigured is allow.',
            'Set the channel up ("channels set"), or choose enrol_app.',
            '',
          ]
    const people = health.users.map((each) => [each.username, each.warnings.join(', ').replaceAll('_', ' ')])
    const text = [
      ...red,
      table(['Channel', 'State', 'Set by', 'Accepted', 'Delivered', 'Failed', 'Waiting'], health.channels.map(cells)),
      ...health.channels.flatMap(remarks),
      ...(people.length === 0 ? [] : ['', table(['User', 'Address'], people)]),
    ]
    answer(job, healthJson(health), text.join('\n'))
  })
}

function cells({ channel, state, owner, counts }: ChannelHealth): readonly string[] {
  const { accepted, delivered, failed, queued, retrying } = counts
  return [channel, state, owner ?? '', ...[accepted, delivered, failed, queued + retrying].map(String)]
}

function remarks({ channel, lastError, lastPassedOver, proved, removal }: ChannelHealth): readonly string[] {
  return [
    ...(proved ? [`${channel} was proved by ${proved.provedBy} at ${rfc3339(proved.provedAt)}.`] : []),
    ...(lastError ? [`${channel}, last error at ${rfc3339(lastError.at)}: ${lastError.says}`] : []),
    ...(removal
      ? [
          `${channel} is to be taken away at ${rfc3339(removal.dueAt)}, asked for by ${removal.askedBy}; channels keep ${channel} keeps it.`,
        ]
      : []),
    ...(lastPassedOver
      ? [`${channel}, another gateway took over at ${rfc3339(lastPassedOver.at)}: ${lastPassedOver.says}`]
      : []),
  ]
}

/** A failing channel ends the command with an error, so that a script that sets one up stops there. */
export async function sendTest(job: Job, name: string, to: string): Promise<void> {
  const channel = channelNamed(name)
  await atSite(job, async ({ ports, order }) => {
    const outcome = await testChannel(ports, { ...order, channel, to })
    switch (outcome.kind) {
      case 'sent': {
        const { steps, reference, expiresAt } = outcome
        const data = { status: 'sent', channel, steps, reference, expires_at: rfc3339(expiresAt) }
        const next = `Sent. Type the code back within 10 minutes: delivery confirm CODE`
        return answer(job, data, [stepTable(steps), next].join('\n'))
      }
      case 'failed':
        if (job.json)
          job.context.out(
            `${JSON.stringify({ status: 'failed', channel, steps: outcome.steps, error: outcome.why })}\n`,
          )
        else job.context.out(`${stepTable(outcome.steps)}\n`)
        throw new Failure(EXIT.failed, `The ${channel} channel does not work: ${outcome.why}`)
      case 'invalid':
        throw new Failure(EXIT.usage, `"${to}" ${outcome.problem}.`)
      case 'not-set-up':
        throw new Failure(EXIT.refused, `Neither the site nor the server has set up the ${channel} channel.`)
      case 'cooldown':
        throw new Failure(EXIT.refused, `Too soon after the last test; again at ${rfc3339(outcome.retryAt)}.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

export function confirmTest(job: Job, code: string): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await confirmChannelTest(ports, { ...order, code })
    switch (outcome.kind) {
      case 'proved': {
        const { channel, provedBy, provedAt } = outcome.proof
        const data = { channel, proved_by: provedBy, proved_at: rfc3339(provedAt) }
        return answer(job, data, `The ${channel} channel is proved.`)
      }
      case 'wrong':
        throw new Failure(EXIT.refused, `That is not the code of the test; ${outcome.left} attempts are left.`)
      case 'none':
        throw new Failure(EXIT.refused, 'No test waits for a code: send one with "delivery test".')
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

function stepTable(steps: readonly SendStep[]): string {
  if (steps.length === 0) return ''
  const rows = steps.map(({ step, ok, milliseconds, says }) => [step, ok ? 'ok' : 'failed', `${milliseconds} ms`, says])
  return table(['Step', '', 'Took', 'The server says'], rows)
}
