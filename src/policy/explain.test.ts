import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exemption, facts, flagged } from '../../test/facts.ts'
import { BOTH, every, factsOf, WHEN_UNCONFIGURED } from '../../test/oracle.ts'
import { decide } from './decide.ts'
import { RULE_NAMES, viewDecision } from './decision.ts'
import { explain } from './explain.ts'
import { PASSED_OVER, REASONS } from './reasons.ts'

test('[P19] an explanation tells the rule that decided and each rule before it', () => {
  const roles = [flagged('HR Manager', { bypassAllowed: false })]
  const { decision, sentence, rules } = explain(decide(facts({ roles, user: { bypass: exemption() } })))
  assert.deepEqual(decision, {
    outcome: 'challenge',
    rule: 'methods',
    reason: 'role_requires',
    setting: 'role.two_factor_auth',
    level: 'role',
  })
  assert.equal(sentence, 'A role of this user requires a second factor.')
  assert.deepEqual(
    rules.map(({ rule, applied, because }) => `${applied ? '→' : ' '} ${rule}: ${because}`),
    [
      '  site_off: two_factor_on',
      '  api_path: a_person',
      '  external: not_external',
      '  website_user: not_a_website_user',
      '  not_required: required',
      '  bypass: bypass_forbidden_by_role',
      '  trusted_network: no_trusted_networks',
      '  remembered_device: nothing_remembered',
      '→ methods: role_requires',
    ],
  )
})

test('[F5] [P19] an explanation is the decision itself, in every case of the table', () => {
  const cases = every({
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
  })
  for (const each of cases) {
    const decision = decide(factsOf(each))
    const { decision: shown, sentence, rules } = explain(decision)
    assert.deepEqual(shown, viewDecision(decision))
    assert.equal(sentence, REASONS[decision.reason])
    assert.deepEqual(
      rules.map(({ rule }) => rule),
      RULE_NAMES.slice(0, rules.length),
    )
    assert.deepEqual(
      rules.filter(({ applied }) => applied),
      [{ rule: decision.rule, applied: true, because: decision.reason, sentence }],
    )
  }
})

test('[P19] every reason is one sentence, and no two are the same', () => {
  const sentences = [...Object.values(REASONS), ...Object.values(PASSED_OVER)]
  for (const sentence of sentences) assert.match(sentence, /^[A-Z][^\n]{10,120}\.$/)
  assert.equal(new Set(sentences).size, sentences.length)
})
