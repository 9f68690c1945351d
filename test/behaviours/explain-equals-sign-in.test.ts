import assert from 'node:assert/strict'
import { test } from 'node:test'
import { casePlayer } from '../case-worlds.ts'
import { BOTH, type Case, every, oracle, QUIET, WHEN_UNCONFIGURED } from '../oracle.ts'
import { siteFor } from '../steps.ts'

// "Why was I asked?" and "what would happen?" have the same answer as the sign-in itself, row by row of the table of the policy.

/** Every combination of these over `base` that a site can be set to, in an order that changes the site as seldom as possible. */
function cases(inputs: Parameters<typeof every>[0], base: Partial<Case> = {}): readonly Case[] {
  const possible = [...every(inputs, { ...QUIET, ...base })]
  return possible.filter((each) => each.appAllowed || each.emailAllowed || each.smsAllowed)
}

const TABLES: readonly (readonly [string, readonly Case[]])[] = [
  [
    'who is required, and who is exempt',
    cases({
      siteOn: BOTH,
      websiteIncluded: BOTH,
      requireAll: BOTH,
      roleFlag: BOTH,
      website: BOTH,
      userFlag: BOTH,
      userApplicationFlag: BOTH,
      bypass: ['none', 'active', 'ended'],
    }),
  ],
  [
    'what a role permits, and where somebody comes from',
    cases({
      requireAll: BOTH,
      roleForbidsBypass: BOTH,
      trustLengthens: BOTH,
      roleFlag: BOTH,
      trustedAddress: BOTH,
      administrator: BOTH,
      holdsApp: BOTH,
      bypass: ['none', 'active', 'ended'],
    }),
  ],
  [
    'methods and channels',
    cases({
      appAllowed: BOTH,
      emailAllowed: BOTH,
      smsAllowed: BOTH,
      whenUnconfigured: WHEN_UNCONFIGURED,
      emailUnconfigured: BOTH,
      smsUnconfigured: BOTH,
      holdsApp: BOTH,
      emailOnFile: BOTH,
      phoneOnFile: BOTH,
    }),
  ],
  [
    'grace, the open door and the place of enrolment',
    cases(
      {
        grace: ['none', 'left', 'used_up'],
        enrolment: ['screen', 'email_link', 'both'],
        whenUnconfigured: WHEN_UNCONFIGURED,
        emailAllowed: BOTH,
        emailUnconfigured: BOTH,
        roleForbidsOpenDoor: BOTH,
        hadOne: BOTH,
        emailOnFile: BOTH,
        administrator: BOTH,
      },
      { roleFlag: true },
    ),
  ],
  [
    'service accounts that show a password to the API',
    cases(
      {
        apiPassword: ['never', 'accounts_without_2fa', 'always'],
        siteOn: BOTH,
        requireAll: BOTH,
        roleFlag: BOTH,
        userFlag: BOTH,
      },
      { via: 'api_password' },
    ),
  ],
]

const answers = new Set<string>()

for (const [name, table] of TABLES) {
  test(`[F5] explain equals the recorded outcome of the next sign-in: ${name} (${table.length} rows)`, async (t) => {
    const play = await casePlayer(await siteFor(t, 'manufacturing', { races: false }))
    for (const each of table) {
      const { explained, recorded, said } = await play(each)
      assert.deepEqual(recorded, explained, JSON.stringify(each))
      assert.equal(said, oracle(each), JSON.stringify(each))
      answers.add(said)
    }
  })
}

test('[F5] these were all the answers that a sign-in with a password on a new browser can be given', () => {
  assert.deepEqual([...answers].toSorted(), [
    'challenge by channel_unconfigured',
    'challenge by methods',
    'deny by api_path',
    'deny by channel_unconfigured',
    'deny by no_method',
    'enrol by enrol on both',
    'enrol by enrol on email_link',
    'enrol by enrol on screen',
    'skip by api_path',
    'skip by bypass',
    'skip by channel_unconfigured',
    'skip by grace',
    'skip by not_required',
    'skip by site_off',
    'skip by trusted_network',
    'skip by website_user',
  ])
})
