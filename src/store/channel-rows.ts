import type { ChannelProof, ChannelTest } from '#domain/channel-proof.ts'
import { DELIVERY_STATES, type DeliveryState } from '#domain/delivery.ts'
import { CHANNELS } from '#domain/method.ts'
import type { BouncedAddress, ChannelRecord } from '#ports/delivery-store.ts'
import { id, integer, integerOrNull, text, textOrNull, union, word } from './columns.ts'
import type { Row, Value } from './database.ts'

export function channelTest(row: Row): ChannelTest {
  return {
    site: id(row, 'site_id', 'site'),
    channel: word(row, 'channel', CHANNELS),
    mark: text(row, 'mark'),
    recipient: text(row, 'recipient'),
    codeDigest: textOrNull(row, 'code_digest'),
    begunBy: text(row, 'begun_by'),
    begunAt: integer(row, 'begun_at'),
    expiresAt: integer(row, 'expires_at'),
    wrong: integer(row, 'wrong'),
    failedWhy: textOrNull(row, 'failed_why'),
  }
}

export function channelTestValues(each: ChannelTest): readonly Value[] {
  const { mark, recipient, codeDigest, begunBy, begunAt, expiresAt, wrong, failedWhy, channel, site } = each
  return [mark, recipient, codeDigest, begunBy, begunAt, expiresAt, wrong, failedWhy, channel, site]
}

export function channelProof(row: Row): ChannelProof {
  return {
    site: id(row, 'site_id', 'site'),
    channel: word(row, 'channel', CHANNELS),
    mark: text(row, 'mark'),
    recipient: text(row, 'recipient'),
    provedBy: text(row, 'proved_by'),
    provedAt: integer(row, 'proved_at'),
  }
}

/** `trouble` and `passedOver` are rows of messages that hold the reason in their state. */
export function channelRecord(counts: Row, trouble: Row | undefined, passedOver: Row | undefined): ChannelRecord {
  const failed = trouble && stateOf(trouble)
  const taken = passedOver && stateOf(passedOver)
  return {
    channel: word(counts, 'channel', CHANNELS),
    counts: {
      queued: integer(counts, 'queued'),
      retrying: integer(counts, 'retrying'),
      accepted: integer(counts, 'accepted'),
      delivered: integer(counts, 'delivered'),
      failed: integer(counts, 'failed'),
    },
    lastAcceptedAt: integerOrNull(counts, 'last_accepted_at'),
    lastTrouble: failed?.kind === 'failed' || failed?.kind === 'retrying' ? { at: failed.at, why: failed.why } : null,
    lastPassedOver: taken?.kind === 'accepted' && taken.after !== undefined ? { at: taken.at, why: taken.after } : null,
  }
}

export function bouncedAddress(row: Row): BouncedAddress {
  return { user: id(row, 'user_id', 'usr'), channel: word(row, 'channel', CHANNELS), at: integer(row, 'at') }
}

function stateOf(row: Row): DeliveryState {
  return union<DeliveryState>(row, 'state', 'kind', DELIVERY_STATES)
}
