import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BOTH, type Case, every, factsOf, oracle, QUIET, WHEN_UNCONFIGURED } from '../../test/oracle.ts'
import { decide } from './decide.ts'

/** Compares all of them; returns how many there were and which answers came. */
function compare(cases: Iterable<Case>): { readonly rows: number; readonly answers: readonly string[] } {
  const answers = new Set<string>()
  let rows = 0
  for (const each of cases) {
    const [ours, theirs] = [said(each), oracle(each)]
    if (ours !== theirs) assert.fail(`${ours}, but the oracle says ${theirs}, for ${different(each)}`)
    answers.add(ours)
    rows += 1
  }
  return { rows, answers: [...answers].toSorted() }
}

function said(each: Case): string {
  const decision = decide(factsOf(each))
  return `${decision.outcome} by ${decision.rule}${decision.outcome === 'enrol' ? ` on ${decision.channel}` : ''}`
}

function different(each: Case): string {
  const names = (Object.keys(each) as (keyof Case)[]).filter((name) => each[name] !== QUIET[name])
  return names.map((name) => `${name}=${each[name]}`).join(' ')
}

test('[F4] [P1] the decision equals the oracle for every combination of eleven inputs, six times over', () => {
  const { rows, answers } = compare(
    every({
      siteOn: BOTH,
      website: BOTH,
      requireAll: BOTH,
      roleFlag: BOTH,
      userFlag: BOTH,
      userApplicationFlag: BOTH,
      bypass: ['none', 'active'],
      trustedAddress: BOTH,
      remembered: ['no', 'fresh'],
      holdsApp: BOTH,
      emailUnconfigured: BOTH,
      whenUnconfigured: WHEN_UNCONFIGURED,
      administrator: BOTH,
    }),
  )
  assert.equal(rows, 2048 * 6)
  assert.deepEqual(answers, [
    'challenge by methods',
    'deny by channel_unconfigured',
    'enrol by enrol on screen',
    'skip by bypass',
    'skip by channel_unconfigured',
    'skip by not_required',
    'skip by remembered_device',
    'skip by site_off',
    'skip by trusted_network',
    'skip by website_user',
  ])
})

test('[F4] the decision equals the oracle for passkeys, hardware tokens and recovery codes', () => {
  const { rows, answers } = compare(
    every({
      passkeyAllowed: BOTH,
      holdsPasskey: BOTH,
      hardwareAllowed: BOTH,
      holdsHardware: BOTH,
      recoveryAllowed: BOTH,
      holdsRecovery: BOTH,
      appAllowed: BOTH,
      emailAllowed: BOTH,
      emailUnconfigured: BOTH,
      emailOnFile: BOTH,
      administrator: BOTH,
      whenUnconfigured: WHEN_UNCONFIGURED,
    }),
  )
  assert.equal(rows, 2 ** 11 * 3)
  assert.deepEqual(answers, [
    'challenge by channel_unconfigured',
    'challenge by methods',
    'deny by channel_unconfigured',
    'deny by no_method',
    'enrol by enrol on screen',
    'skip by channel_unconfigured',
  ])
})

test('[F4] the decision equals the oracle for what a role permits: exemptions and the open door', () => {
  const { rows } = compare(
    every({
      requireAll: BOTH,
      roleFlag: BOTH,
      userFlag: BOTH,
      bypass: ['none', 'active', 'ended'],
      roleForbidsBypass: BOTH,
      roleForbidsOpenDoor: BOTH,
      emailUnconfigured: BOTH,
      emailOnFile: BOTH,
      appAllowed: BOTH,
      holdsApp: BOTH,
      hadOne: BOTH,
      administrator: BOTH,
      whenUnconfigured: WHEN_UNCONFIGURED,
    }),
  )
  assert.equal(rows, 2 ** 11 * 9)
})

test('[F4] the decision equals the oracle for every way in', () => {
  const { rows } = compare(
    every({
      via: ['form', 'api_key', 'api_password', 'idp_skip', 'idp_amr_proved', 'idp_amr_silent', 'idp_require'],
      apiPassword: ['never', 'accounts_without_2fa', 'always'],
      siteOn: BOTH,
      website: BOTH,
      websiteIncluded: BOTH,
      requireAll: BOTH,
      roleFlag: BOTH,
      userApplicationFlag: BOTH,
      bypass: ['none', 'active', 'ended'],
      holdsApp: BOTH,
    }),
  )
  assert.equal(rows, 7 * 3 * 3 * 2 ** 7)
})

test('[F4] the decision equals the oracle for trusted networks and remembered browsers', () => {
  const { rows } = compare(
    every({
      roleFlag: BOTH,
      trustedAddress: BOTH,
      trustLengthens: BOTH,
      remembered: ['no', 'fresh', 'old'],
      everyLogin: BOTH,
      administrator: BOTH,
      appAllowed: BOTH,
      holdsApp: BOTH,
      emailOnFile: BOTH,
    }),
  )
  assert.equal(rows, 3 * 2 ** 8)
})

test('[F4] the decision equals the oracle for methods, channels, grace and the place of enrolment', () => {
  const { rows, answers } = compare(
    every({
      appAllowed: BOTH,
      holdsApp: BOTH,
      emailAllowed: BOTH,
      emailOnFile: BOTH,
      emailUnconfigured: BOTH,
      smsAllowed: BOTH,
      phoneOnFile: BOTH,
      smsUnconfigured: BOTH,
      hadOne: BOTH,
      administrator: BOTH,
      whenUnconfigured: WHEN_UNCONFIGURED,
      grace: ['none', 'left', 'used_up'],
      enrolment: ['screen', 'email_link', 'both'],
    }),
  )
  assert.equal(rows, 2 ** 10 * 27)
  assert.deepEqual(answers, [
    'challenge by channel_unconfigured',
    'challenge by methods',
    'deny by channel_unconfigured',
    'deny by no_method',
    'enrol by enrol on both',
    'enrol by enrol on email_link',
    'enrol by enrol on screen',
    'skip by channel_unconfigured',
    'skip by grace',
  ])
})
