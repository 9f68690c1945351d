import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { rows, visit } from '../steps.ts'
import { join } from '../people.ts'
import { addProvider, samlWorld } from './saml-world.ts'
import { assertionXml, goodAnswer, responseXml, type Said, signed, strangersKey } from './saml-signer.ts'

test('[S0.15] a person whom the provider vouches for comes in, and the record says external and by whom', async (t) => {
  const world = await samlWorld(t)
  const { said, cookie, to } = await world.begin('?next=/acme/account')
  assert.equal(`${to.origin}${to.pathname}`, 'https://idp.test/sso')
  const answer = await world.answer(goodAnswer(said), cookie)
  assert.deepEqual([answer.status, answer.location], [303, '/acme/account'])
  const access = await visit(world, answer.token ?? '')
  assert.ok(access.kind === 'granted')
  assert.deepEqual(
    [access.user.username, access.session.rule, access.acr, access.amr],
    ['kim', 'external', 'aal1', ['external']],
  )
  const [created] = await rows(world, 'session.created')
  assert.deepEqual([created?.data['2fa'], created?.data['provider']], ['external', 'corp'])
})

const MFA = 'https://refeds.org/profile/mfa'

for (const [mode, context, outcome] of [
  ['skip', undefined, 'in'],
  ['trust_amr', undefined, 'asked'],
  ['trust_amr', MFA, 'in'],
  ['trust_amr', `${MFA}/not`, 'asked'],
  ['require', undefined, 'asked'],
  ['require', MFA, 'asked'],
] as const)
  test(`[BY-04] ${mode}: who ${context === MFA ? 'was asked for a second factor there' : 'showed a password there'} is ${outcome}`, async (t) => {
    const world = await samlWorld(t, { secondFactor: mode })
    const { said, cookie } = await world.begin()
    const answer = await world.answer(goodAnswer({ ...said, ...(context && { context }) }), cookie)
    assert.equal(answer.status, 303)
    if (outcome === 'in') return assert.ok(answer.token)
    assert.equal(answer.token, null)
    assert.match(answer.location ?? '', /^\/acme\/login\?login=/)
    assert.equal(world.messages().length, 1, 'the code is on its way')
  })

test('the user is named by an attribute where the provider is set up so, and by nothing else then', async (t) => {
  const world = await samlWorld(t, { userAttribute: 'uid' })
  const first = await world.begin()
  const in_ = await world.answer(
    goodAnswer({ ...first.said, nameId: 'root', attributes: { uid: 'kim' } }),
    first.cookie,
  )
  const access = await visit(world, in_.token ?? '')
  assert.ok(access.kind === 'granted' && access.user.username === 'kim')
  const second = await world.begin()
  const out = await world.answer(goodAnswer({ ...second.said, nameId: 'root' }), second.cookie)
  assert.deepEqual([out.status, out.token], [403, null])
})

test('[R-186] the same answer is refused the second time, by the same node and by another one', async (t) => {
  const world = await samlWorld(t)
  const { said, cookie } = await world.begin()
  const xml = goodAnswer(said)
  const many = await Promise.all(Array.from({ length: 8 }, () => world.answer(xml, cookie)))
  assert.equal(many.filter(({ token }) => token !== null).length, 1)
  assert.equal((await world.answer(xml, cookie)).token, null)
  const other = goodAnswer({ ...said, nameId: 'root' })
  assert.equal((await world.answer(other, cookie)).token, null, 'a request is answered once, whoever it would be for')
  assert.equal((await rows(world, 'session.created')).length, 1)
})

test('[R-186] who somebody is, is issuer and subject: no other provider can vouch for them', async (t) => {
  const world = await samlWorld(t)
  const first = await world.begin()
  assert.ok((await world.answer(goodAnswer(first.said), first.cookie)).token)
  await join(world, 'lee')
  const second = await world.begin()
  assert.ok((await world.answer(goodAnswer({ ...second.said, nameId: 'lee' }), second.cookie)).token)
  // Another provider has vouched for op; corp's word for op is nobody's.
  await addProvider(world, 'other', { entityId: 'https://other.test' })
  const op = await world.ports.store.personFile(world.site.id, 'op', world.clock.now())
  assert.ok(op)
  const identity = {
    site: world.site.id,
    provider: 'other',
    subject: 'op',
    user: op.user.id,
    createdAt: world.clock.now(),
  }
  await world.ports.store.commit({
    site: world.site.id,
    at: world.clock.now(),
    origin: { request: 'test', address: null, userAgent: null },
    changes: [{ kind: 'add-external-identity', identity }],
    events: [
      {
        ev: 'external.identity.linked',
        actor: { type: 'system', id: 'x', name: null },
        subject: null,
        application: null,
        data: {},
      },
    ],
  })
  const third = await world.begin()
  const answer = await world.answer(goodAnswer({ ...third.said, nameId: 'op' }), third.cookie)
  assert.deepEqual([answer.status, answer.token], [403, null])
})

test('nobody is made by an assertion, and a disabled user stays out', async (t) => {
  const world = await samlWorld(t)
  await join(world, 'lee', { status: 'disabled' })
  for (const nameId of ['nobody', 'lee', ' ', '']) {
    const { said, cookie } = await world.begin()
    const answer = await world.answer(goodAnswer({ ...said, nameId }), cookie)
    assert.deepEqual([answer.status, answer.token], [403, null], nameId)
  }
})

test('an answer counts in the browser that asked, and in no other', async (t) => {
  const world = await samlWorld(t)
  const [one, two] = [await world.begin(), await world.begin()]
  for (const cookie of [null, two.cookie, 'cs-acme-saml-corp=', 'cs-acme-saml-corp=guess'])
    assert.equal((await world.answer(goodAnswer(one.said), cookie)).token, null, String(cookie))
  assert.ok((await world.answer(goodAnswer(one.said), one.cookie)).token, 'a refusal spends nothing')
})

/** Bent answers: each is made from a good one, and each would let root in if it were believed. */
const REFUSED: Readonly<Record<string, (said: Said) => string>> = {
  'no signature at all': (said) => responseXml(said, assertionXml(said)),
  'the assertion alone signed': (said) => responseXml(said, signed(assertionXml(said), 'Assertion')),
  'the response alone signed': (said) => signed(responseXml(said, assertionXml(said)), 'Response'),
  'a stranger’s key': (said) => {
    const key = strangersKey()
    return signed(responseXml(said, signed(assertionXml(said), 'Assertion', key)), 'Response', key)
  },
  'another name after signing': (said) => goodAnswer({ ...said, nameId: 'kim' }).replace('>kim<', '>root<'),
  'another issuer': (said) => goodAnswer({ ...said, issuer: 'https://evil.test' }),
  'another audience': (said) => goodAnswer({ ...said, audience: 'https://other.test/metadata' }),
  'another recipient': (said) => goodAnswer({ ...said, recipient: 'https://other.test/acs' }),
  'the address of another site': (said) => goodAnswer({ ...said, recipient: said.acs.replace('/acme/', '/globex/') }),
  'no request': (said) => goodAnswer(said).replace(/ InResponseTo="[^"]*"(?= ?><saml:Issuer>)/, ''),
  'a request nobody made': (said) => goodAnswer({ ...said, request: '_made_up' }),
  'another request in the signed subject': (said) => goodAnswer({ ...said, subjectRequest: '_other' }),
  'a time that is over': (said) => goodAnswer({ ...said, notOnOrAfter: said.now - minutes(1) }),
  'a time that has not come': (said) => goodAnswer({ ...said, notBefore: said.now + minutes(2) }),
  'an assertion of long ago': (said) =>
    goodAnswer({ ...said, now: said.now - minutes(10), notOnOrAfter: said.now + minutes(10) }),
  'no conditions': (said) => goodAnswer({ ...said, conditions: '' }),
  'conditions without an end': (said) =>
    goodAnswer({
      ...said,
      conditions: `<saml:Conditions><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    }),
  'no audience': (said) =>
    goodAnswer({ ...said, conditions: '<saml:Conditions NotOnOrAfter="2099-01-01T00:00:00Z"/>' }),
  'no confirmation': (said) => goodAnswer({ ...said, confirmation: '' }),
  'holder of key': (said) => {
    const xml = assertionXml(said).replace('cm:bearer', 'cm:holder-of-key')
    return signed(responseXml(said, signed(xml, 'Assertion')), 'Response')
  },
  'a refusal of the provider': (said) =>
    signed(responseXml({ ...said, status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }, ''), 'Response'),
  'an assertion beside a refusal': (said) =>
    goodAnswer({ ...said, status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
  'a document type': (said) => `<!DOCTYPE x [<!ENTITY who "root">]>${goodAnswer(said)}`,
  nothing: () => '',
  'no XML': () => 'root',
}

for (const [what, bend] of Object.entries(REFUSED))
  test(`[R-186] an answer with ${what} is refused, and the record says so`, async (t) => {
    const world = await samlWorld(t)
    const { said, cookie } = await world.begin()
    world.clock.pass(seconds(1))
    const answer = await world.answer(bend({ ...said, nameId: 'root', now: world.clock.now() }), cookie)
    assert.deepEqual([answer.status, answer.token], [403, null])
    assert.equal((await rows(world, 'external.assertion.refused')).length, 1)
    assert.deepEqual(await rows(world, 'session.created'), [])
  })

test('[R-186] a comment in the name does not cut it off', async (t) => {
  const world = await samlWorld(t)
  const { said, cookie } = await world.begin()
  const answer = await world.answer(goodAnswer({ ...said, nameId: 'root<!-- -->.evil' }), cookie)
  assert.deepEqual([answer.status, answer.token], [403, null])
  const second = await world.begin()
  const good = goodAnswer({ ...second.said, nameId: 'root.evil' })
  const cut = await world.answer(good.replace('root.evil', 'root<!-- -->.evil'), second.cookie)
  assert.equal(cut.token, null)
})

/** Signature wrapping, the eight classic places: what is signed stays in the document, what is read is another element. */
const WRAPPED: Readonly<Record<string, (good: string, evil: string) => string>> = {
  'the signed response inside another response': (good, evil) =>
    evil.replace('</samlp:Response>', `${good}</samlp:Response>`),
  'the signed response before the assertion of another': (good, evil) =>
    evil.replace('<saml:Assertion', `${good}<saml:Assertion`),
  'another assertion before the signed one': (good, evil) =>
    good.replace('<saml:Assertion', `${assertionOf(evil)}<saml:Assertion`),
  'another assertion after the signed one': (good, evil) =>
    good.replace('</saml:Assertion>', `</saml:Assertion>${assertionOf(evil)}`),
  'the signed assertion inside another one': (good, evil) =>
    good.replace(
      assertionOf(good),
      assertionOf(evil).replace('</saml:Assertion>', `${assertionOf(good)}</saml:Assertion>`),
    ),
  'the signed assertion inside the signature of another': (good, evil) => {
    const signature = /<Signature .*?<\/Signature>/s.exec(assertionOf(good))?.[0] ?? ''
    const bare = assertionOf(good).replace(signature, '')
    const wrapping = signature.replace('</Signature>', `<Object>${bare}</Object></Signature>`)
    return good.replace(assertionOf(good), assertionOf(evil).replace('</saml:Issuer>', `</saml:Issuer>${wrapping}`))
  },
  'the signed assertion among extensions': (good, evil) =>
    evil.replace('<samlp:Status>', `<samlp:Extensions>${assertionOf(good)}</samlp:Extensions><samlp:Status>`),
  'the signed assertion in an object of a signature of the response': (good, evil) => {
    const signature = /<Signature .*?<\/Signature>/s.exec(good)?.[0] ?? ''
    const wrapping = signature.replace('</Signature>', `<Object>${good}</Object></Signature>`)
    return evil.replace('</saml:Issuer>', `</saml:Issuer>${wrapping}`)
  },
}

function assertionOf(xml: string): string {
  return /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? assert.fail('there is an assertion')
}

for (const [what, wrap] of Object.entries(WRAPPED))
  for (const sameId of [true, false])
    test(`[R-186] wrapping is refused: ${what}, under ${sameId ? 'the same' : 'another'} id`, async (t) => {
      const world = await samlWorld(t)
      const { said, cookie } = await world.begin()
      const good = goodAnswer({ ...said, nameId: 'kim' })
      const [, response = '', assertion = ''] = [
        null,
        ...[...good.matchAll(/ ID="(?<id>[^"]+)"/g)].map((found) => found[1]),
      ]
      const evil = sameId
        ? responseXml(said, assertionXml({ ...said, nameId: 'root' }, assertion), response)
        : responseXml(said, assertionXml({ ...said, nameId: 'root' }))
      const answer = await world.answer(wrap(good, evil), cookie)
      const access = answer.token === null ? null : await visit(world, answer.token)
      assert.equal(access, null, access?.kind === 'granted' ? `signed in as ${access.user.username}` : '')
      assert.equal(answer.status, 403)
    })

test('the provider is given our addresses, and that everything is to be signed', async (t) => {
  const world = await samlWorld(t)
  const answer = await world.get('/acme/saml/corp/metadata')
  const xml = await answer.text()
  assert.match(answer.headers.get('content-type') ?? '', /^application\/samlmetadata\+xml/)
  assert.ok(xml.includes(`entityID="${world.entityId}"`) && xml.includes(`Location="${world.acs}"`))
  assert.match(xml, /WantAssertionsSigned="true"/)
  for (const path of ['nobody/metadata', 'nobody/login', '..%2Fcorp/login'])
    assert.equal((await world.get(`/acme/saml/${path}`)).status, 404)
})
