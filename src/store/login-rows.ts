import type { Challenge, ChallengeState } from '#challenge/challenge.ts'
import type { DecisionView } from '#domain/decision.ts'
import {
  type Delivery,
  DELIVERY_STATES,
  type DeliveryContent,
  type DeliveryState,
  isWaiting,
} from '#domain/delivery.ts'
import type { Device } from '#domain/device.ts'
import type { Evidence } from '#domain/evidence.ts'
import { type IssuedCode, ISSUED_CODE_KINDS } from '#domain/issued-code.ts'
import { CHANNELS, METHODS } from '#domain/method.ts'
import type { Session } from '#domain/session.ts'
import {
  flag,
  id,
  idOrNull,
  integer,
  integerOrNull,
  isOneOf,
  listOf,
  text,
  textOrNull,
  union,
  word,
} from './columns.ts'
import type { Row, Value } from './database.ts'

// What a sign-in leaves behind, from rows and into them. The lists of values are in the order of the statements.

const OUTCOMES: readonly DecisionView['outcome'][] = ['skip', 'challenge', 'enrol', 'deny']
const CHALLENGE_STATES: readonly ChallengeState['kind'][] = ['asked', 'enrolling', 'passed', 'closed']
const EVIDENCE: readonly Evidence['kind'][] = [
  'password',
  'app',
  'code',
  'external',
  'break_glass',
  'passkey',
  'hardware',
  'recovery',
]
const CONTENTS: readonly DeliveryContent['kind'][] = [
  'code',
  'address_code',
  'enrolment_link',
  'reset_link',
  'cancel_link',
  'notice',
]

export function challenge(row: Row): Challenge {
  return {
    id: id(row, 'id', 'chl'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    application: text(row, 'application'),
    purpose: word(row, 'purpose', ['login', 'second_factor', 'step_up', 'password_reset']),
    session: idOrNull(row, 'session_id', 'ses'),
    tokenDigest: text(row, 'token_digest'),
    decision: union<DecisionView>(row, 'decision', 'outcome', OUTCOMES),
    firstProof: union<Evidence>(row, 'first_proof', 'kind', EVIDENCE),
    userEpoch: integer(row, 'user_epoch'),
    openedAt: integer(row, 'opened_at'),
    expiresAt: integer(row, 'expires_at'),
    address: textOrNull(row, 'address'),
    userAgent: textOrNull(row, 'user_agent'),
    state: union<ChallengeState>(row, 'state', 'kind', CHALLENGE_STATES),
    version: integer(row, 'version'),
  }
}

export function challengeValues(each: Challenge, version: number): readonly Value[] {
  return [
    each.application,
    each.purpose,
    each.session,
    each.tokenDigest,
    JSON.stringify(each.decision),
    JSON.stringify(each.firstProof),
    each.userEpoch,
    each.openedAt,
    each.expiresAt,
    each.address,
    each.userAgent,
    JSON.stringify(each.state),
    version,
    each.user,
    each.site,
    each.id,
  ]
}

/** A session that rests on what this version does not know counts as ended when it began: whoever has it signs in anew. */
export function session(row: Row): Session {
  const evidence = listOf<Evidence>(row, 'evidence', (each) => typeof each === 'object' && each !== null)
  const known = evidence.filter((each) => isOneOf(each, 'kind', EVIDENCE))
  return {
    id: id(row, 'id', 'ses'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    tokenDigest: text(row, 'token_digest'),
    application: text(row, 'application'),
    evidence: known,
    rule: text(row, 'rule'),
    challenge: idOrNull(row, 'challenge_id', 'chl'),
    device: idOrNull(row, 'device_id', 'dev'),
    createdAt: integer(row, 'created_at'),
    endsAt: integer(row, 'ends_at'),
    lastSeenAt: integer(row, 'last_seen_at'),
    endedAt: known.length === evidence.length ? integerOrNull(row, 'ended_at') : integer(row, 'created_at'),
    siteEpoch: integer(row, 'site_epoch'),
    userEpoch: integer(row, 'user_epoch'),
    address: textOrNull(row, 'address'),
    userAgent: textOrNull(row, 'user_agent'),
  }
}

export function sessionValues(each: Session): readonly Value[] {
  return [
    each.id,
    each.site,
    each.user,
    each.tokenDigest,
    each.application,
    JSON.stringify(each.evidence),
    each.rule,
    each.challenge,
    each.device,
    each.createdAt,
    each.endsAt,
    each.lastSeenAt,
    each.endedAt,
    each.siteEpoch,
    each.userEpoch,
    each.address,
    each.userAgent,
  ]
}

export function issuedCode(row: Row): IssuedCode {
  return {
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    kind: word(row, 'kind', ISSUED_CODE_KINDS),
    digest: text(row, 'digest'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
  }
}

export function issuedCodeValues(each: IssuedCode): readonly Value[] {
  return [each.kind, each.digest, each.createdAt, each.expiresAt, each.site, each.user]
}

/** A browser that passed by a method that this version does not know passed too long ago. */
export function device(row: Row): Device {
  const method = METHODS.find((each) => each === row['method'])
  return {
    id: id(row, 'id', 'dev'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    tokenDigest: text(row, 'token_digest'),
    passedAt: method === undefined ? 0 : integer(row, 'passed_at'),
    method: method ?? 'email',
    siteEpoch: integer(row, 'site_epoch'),
    userEpoch: integer(row, 'user_epoch'),
    userAgent: textOrNull(row, 'user_agent'),
    lastUsedAt: integer(row, 'last_used_at'),
    forgottenAt: integerOrNull(row, 'forgotten_at'),
    rotates: flag(row, 'rotates'),
    address: textOrNull(row, 'address'),
  }
}

export function deviceValues(each: Device): readonly Value[] {
  return [
    each.id,
    each.site,
    each.user,
    each.tokenDigest,
    each.passedAt,
    each.method,
    each.siteEpoch,
    each.userEpoch,
    each.userAgent,
    each.lastUsedAt,
    each.forgottenAt,
    Number(each.rotates),
    each.address,
  ]
}

export function delivery(row: Row): Delivery {
  return {
    id: id(row, 'id', 'dlv'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    challenge: idOrNull(row, 'challenge_id', 'chl'),
    channel: word(row, 'channel', CHANNELS),
    recipient: text(row, 'recipient'),
    content: union<DeliveryContent>(row, 'content', 'kind', CONTENTS),
    state: union<DeliveryState>(row, 'state', 'kind', DELIVERY_STATES),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    claimedUntil: integer(row, 'claimed_until'),
    version: integer(row, 'version'),
  }
}

export function deliveryValues(each: Delivery, version: number): readonly Value[] {
  return [
    each.challenge,
    each.channel,
    each.recipient,
    JSON.stringify(each.content),
    Number(isWaiting(each)),
    JSON.stringify(each.state),
    each.createdAt,
    each.expiresAt,
    each.claimedUntil,
    version,
    each.user,
    each.site,
    each.id,
  ]
}
