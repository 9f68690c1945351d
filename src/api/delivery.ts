import { rfc3339 } from '#domain/time.ts'
import type { Call, Handler } from '#http/call.ts'
import { readText } from '#http/body.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { confirmChannelTest } from '#usecases/confirm-channel-test.ts'
import { deliveryHealth } from '#usecases/delivery-health.ts'
import { healthJson } from '#usecases/delivery-health-record.ts'
import { takeReceipts } from '#usecases/take-receipt.ts'
import { testChannel } from '#usecases/test-channel.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { channelOf } from './channels.ts'
import {
  DeliveryConfirm,
  DeliveryHealthBody,
  DeliveryProved,
  DeliveryTest,
  DeliveryTested,
} from './delivery-schemas.ts'
import { invalid, readInput } from './input.ts'
import { refusal } from './login.ts'

/** `GET /delivery/health`: how the channels fare, and whom nothing reaches. */
export function getHealth(ports: Ports): AdministrationHandler {
  return async (call) => {
    const health = await deliveryHealth(ports, call.site.name)
    return health === 'unknown-site' ? refusal(ports, call)('not_found') : json(DeliveryHealthBody, healthJson(health))
  }
}

/** `POST /delivery/test`: sends a code over a channel and tells every step of it; a channel that does not work is an answer too. */
export function postTest(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, DeliveryTest)
    if (input.kind === 'refused') return input.response
    const { channel, to } = input.value
    const refuse = refusal(ports, call)
    const order = { site: call.site.name, channel, to, actor: partyOf(caller), origin: call.origin }
    const outcome = await testChannel(ports, order)
    switch (outcome.kind) {
      case 'sent':
        return json(DeliveryTested, {
          status: 'sent',
          channel,
          steps: [...outcome.steps],
          reference: outcome.reference,
          error: null,
          expires_at: rfc3339(outcome.expiresAt),
        })
      case 'failed': {
        const failure = { reference: null, error: outcome.why, expires_at: null }
        return json(DeliveryTested, { status: 'failed', channel, steps: [...outcome.steps], ...failure })
      }
      case 'invalid':
        return invalid(call, [{ pointer: '/to', detail: outcome.problem }])
      case 'not-set-up':
        return refuse('channel_not_set_up')
      case 'cooldown':
        return refuse('resend_cooldown', { retryAt: outcome.retryAt })
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `POST /delivery/test/confirm`: the code that came, typed back. */
export function postConfirm(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, DeliveryConfirm)
    if (input.kind === 'refused') return input.response
    const refuse = refusal(ports, call)
    const order = { site: call.site.name, code: input.value.code, actor: partyOf(caller), origin: call.origin }
    const outcome = await confirmChannelTest(ports, order)
    switch (outcome.kind) {
      case 'proved': {
        const { channel, provedAt, provedBy, recipient } = outcome.proof
        return json(DeliveryProved, { channel, proved_at: rfc3339(provedAt), proved_by: provedBy, to: recipient })
      }
      case 'wrong':
        return refuse('wrong_test_code', { extensions: { attempts_left: outcome.left } })
      case 'none':
        return refuse('no_test_waits')
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `GET|POST /delivery/receipts/{channel}/{token}`: called by gateways. The address is the secret; whatever they send is answered alike. */
export function takeReceipt(ports: Ports): Handler {
  return async (call: Call) => {
    const requestId = call.origin.request
    const channel = channelOf(call)
    const body = await readText(call.request, requestId)
    if (body.kind === 'refused') return body.response
    if (!channel) return problem('not_found', { requestId })
    const taken = await takeReceipts(ports, {
      site: call.site.name,
      channel,
      token: call.params['token'] ?? '',
      call: {
        query: call.url.searchParams,
        contentType: call.request.headers.get('content-type') ?? '',
        body: body.text,
      },
    })
    return taken === 'unknown' ? problem('not_found', { requestId }) : new Response(null, { status: 204 })
  }
}
