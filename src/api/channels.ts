import type { ChannelRemoval } from '#domain/channel-removal.ts'
import { type Channel, CHANNELS } from '#domain/method.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { setChannel, unsetChannel } from '#usecases/channels.ts'
import { removalRecord } from '#usecases/delivery-health-record.ts'
import { keepChannel } from '#usecases/keep-channel.ts'
import { type ChannelView, viewChannel } from '#usecases/view-channel.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { ChannelConfig, ChannelPage, ChannelSaved, ChannelView as ChannelBody } from './delivery-schemas.ts'
import { given, invalid, readInput } from './input.ts'
import { refusal } from './login.ts'

/** `GET /delivery/channels`: both of them, without their secrets. */
export function getChannels(ports: Ports): AdministrationHandler {
  return async (call) => {
    const file = await ports.store.siteFile(call.site.name)
    if (!file) return refusal(ports, call)('not_found')
    const removals = await ports.store.channelRemovals(file.site.id)
    const items = CHANNELS.map((channel) => body(viewChannel(ports, file, channel), removals))
    return json(ChannelPage, { items, next_cursor: null })
  }
}

/** `GET /delivery/channels/{channel}`. */
export function getChannel(ports: Ports): AdministrationHandler {
  return async (call) => {
    const channel = channelOf(call)
    const view = channel && (await viewOf(ports, call, channel))
    return view ? json(ChannelBody, view) : refusal(ports, call)('not_found', { detail: NO_CHANNEL })
  }
}

/** `PUT /delivery/channels/{channel}`: `{"kind": "off"}` switches it off, tomorrow if the policy needs it. Secrets that are left out stay as they are. */
export function putChannel(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const refuse = refusal(ports, call)
    const input = await readInput(call, ChannelConfig)
    if (input.kind === 'refused') return input.response
    const channel = channelOf(call)
    if (!channel) return refuse('not_found', { detail: NO_CHANNEL })
    const config = input.value.kind === 'off' ? 'off' : given(input.value)
    const order = { site: call.site.name, channel, actor: partyOf(caller), origin: call.origin }
    const outcome = await setChannel(ports, { ...order, config })
    switch (outcome.kind) {
      case 'saved': {
        const view = await viewOf(ports, call, channel)
        return view ? json(ChannelSaved, { ...view, receipts_url: outcome.receipts }) : refuse('not_found')
      }
      case 'waits': {
        const view = await viewOf(ports, call, channel)
        return view ? json(ChannelSaved, { ...view, receipts_url: null }, 202) : refuse('not_found')
      }
      case 'invalid':
        return invalid(call, [{ pointer: '', detail: outcome.problem }])
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /delivery/channels/{channel}`: what the server has set up holds again, tomorrow if the policy needs the channel. */
export function deleteChannel(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const refuse = refusal(ports, call)
    const channel = channelOf(call)
    if (!channel) return refuse('not_found', { detail: NO_CHANNEL })
    const order = { site: call.site.name, channel, actor: partyOf(caller), origin: call.origin }
    const outcome = await unsetChannel(ports, order)
    switch (outcome.kind) {
      case 'saved':
        return new Response(null, { status: 204 })
      case 'waits': {
        const view = await viewOf(ports, call, channel)
        return view ? json(ChannelBody, view, 202) : refuse('not_found')
      }
      case 'not-set':
        return refuse('not_found', { detail: 'The site has set up no such channel of its own.' })
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /delivery/channels/{channel}/removal`: the channel stays. */
export function deleteRemoval(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const refuse = refusal(ports, call)
    const channel = channelOf(call)
    if (!channel) return refuse('not_found', { detail: NO_CHANNEL })
    const order = { site: call.site.name, channel, actor: partyOf(caller), origin: call.origin }
    const outcome = await keepChannel(ports, order)
    switch (outcome.kind) {
      case 'kept':
        return new Response(null, { status: 204 })
      case 'nothing-waits':
        return refuse('not_found', { detail: 'This channel is not about to be taken away.' })
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

const NO_CHANNEL = 'A channel is email or sms.'

export function channelOf({ params }: Call): Channel | undefined {
  return CHANNELS.find((each) => each === params['channel'])
}

async function viewOf(ports: Ports, call: Call, channel: Channel) {
  const file = await ports.store.siteFile(call.site.name)
  return file && body(viewChannel(ports, file, channel), await ports.store.channelRemovals(file.site.id))
}

function body({ channel, state, owner, shown }: ChannelView, removals: readonly ChannelRemoval[]) {
  return {
    channel,
    state,
    owner,
    config: shown ? { ...shown.config } : null,
    secrets_set: [...(shown?.secrets ?? [])],
    removal: removalRecord(removals.find((each) => each.channel === channel) ?? null),
  }
}
