import { type Channel, CHANNELS } from '#domain/method.ts'
import { rfc3339 } from '#domain/time.ts'
import { setChannel, unsetChannel } from '#usecases/channels.ts'
import type { RemovalWaits } from '#usecases/channel-removal.ts'
import { keepChannel } from '#usecases/keep-channel.ts'
import { viewChannel } from '#usecases/view-channel.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, didYouMean, type Job, notFound } from './job.ts'
import { jsonDocument, readText } from './read-text.ts'
import { table } from './output.ts'

export function listChannels(job: Job): Promise<void> {
  return atSite(job, async ({ file }) => {
    const channels = CHANNELS.map((channel) => {
      const held = file.channels[channel]
      const state = held === null ? 'never_set_up' : held.row.kind === 'off' ? 'off' : 'configured'
      return { channel, state, owner: held === null ? null : held.owner === 'server' ? 'server' : 'site' }
    })
    const rows = channels.map(({ channel, state, owner }) => [channel, state.replaceAll('_', ' '), owner ?? ''])
    answer(job, channels, table(['Channel', 'State', 'Set by'], rows))
  })
}

/** Passwords of mail servers are in the document: it comes from a file or from standard input, and is shown nowhere. */
export async function configureChannel(job: Job, name: string, source: string): Promise<void> {
  const channel = channelNamed(name)
  const config = jsonDocument(source === '-' ? await job.context.input() : await readText(source))
  await save(job, { channel, config, done: `The ${channel} channel is set up.` })
}

/** Everything of a channel that is no secret, and where there is one. */
export function showChannel(job: Job, name: string): Promise<void> {
  const channel = channelNamed(name)
  return atSite(job, async ({ ports, file }) => {
    const { state, owner, shown } = viewChannel(ports, file, channel)
    const data = { channel, state, owner, config: shown?.config ?? null, secrets_set: shown?.secrets ?? [] }
    const lines = [
      `The ${channel} channel is ${state}${owner === null ? '' : `, set up by the ${owner}`}.`,
      ...(shown
        ? [JSON.stringify(shown.config, null, 2), `Secrets that are set: ${shown.secrets.join(', ') || 'none'}.`]
        : []),
    ]
    answer(job, data, lines.join('\n'))
  })
}

/** `atOnce`: without the day of waiting, for whoever holds the server. */
export function unsetOwnChannel(job: Job, name: string, { atOnce }: { readonly atOnce?: boolean }): Promise<void> {
  const channel = channelNamed(name)
  return atSite(job, async ({ ports, order }) => {
    const outcome = await unsetChannel(ports, { ...order, channel, atOnce: atOnce ?? false })
    switch (outcome.kind) {
      case 'not-set':
        throw new Failure(EXIT.notFound, `The site has set up no ${channel} channel of its own.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
      case 'waits':
        return sayWaits(job, channel, outcome)
      case 'saved':
        return answer(job, { channel, state: 'unset' }, `The ${channel} channel is the server's again.`)
    }
  })
}

export async function switchChannelOff(
  job: Job,
  name: string,
  { atOnce }: { readonly atOnce?: boolean },
): Promise<void> {
  const channel = channelNamed(name)
  const done = `The ${channel} channel is off at this site.`
  await save(job, { channel, config: 'off', done, atOnce: atOnce ?? false })
}

/** Calls off that a channel is to be taken away. */
export function keepOwnChannel(job: Job, name: string): Promise<void> {
  const channel = channelNamed(name)
  return atSite(job, async ({ ports, order }) => {
    const outcome = await keepChannel(ports, { ...order, channel })
    switch (outcome.kind) {
      case 'nothing-waits':
        throw new Failure(EXIT.notFound, `The ${channel} channel is not about to be taken away.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
      case 'kept':
        return answer(job, { channel, removal: null }, `The ${channel} channel stays as it is.`)
    }
  })
}

function sayWaits(job: Job, channel: Channel, { until }: RemovalWaits): void {
  const due = rfc3339(until)
  answer(
    job,
    { channel, state: 'configured', removal: { due_at: due } },
    `The policy of this site needs ${channel}: it stays until ${due}, and every administrator is told. channels keep ${channel} keeps it; --at-once does not wait.`,
  )
}

interface Saving {
  readonly channel: Channel
  readonly config: unknown
  /** What is said when it is. */
  readonly done: string
  readonly atOnce?: boolean
}

function save(job: Job, { channel, config, done, atOnce = false }: Saving): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await setChannel(ports, { ...order, channel, config, atOnce })
    switch (outcome.kind) {
      case 'waits':
        return sayWaits(job, channel, outcome)
      case 'invalid':
        throw new Failure(EXIT.refused, outcome.problem)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
      case 'saved':
        return answer(
          job,
          { channel, state: config === 'off' ? 'off' : 'configured', receipts_url: outcome.receipts },
          outcome.receipts === null ? done : `${done}\nA gateway sends its receipts to ${outcome.receipts}`,
        )
    }
  })
}

export function channelNamed(name: string): Channel {
  const channel = CHANNELS.find((each) => each === name)
  if (channel) return channel
  throw new Failure(EXIT.usage, `A channel is email or sms, not "${name}".${didYouMean(name, CHANNELS)}`)
}
