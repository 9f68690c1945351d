import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import { addressesOf, readAssertion, serviceProvider } from '#saml/service-provider.ts'
import { assertionXml, ENTITY, goodAnswer, IDP_KEY, type Said, signed, strangersKey } from '../protocol/saml-signer.ts'
import { oddText } from './bodies.ts'
import type { Rounds } from './doors.ts'

const HOME = 'https://login.example.com'
const SITE = { address: `${HOME}/acme` }
const REQUEST = '_the-request'
const { acs, entityId } = addressesOf(SITE, 'corp')

const provider = {
  name: 'corp',
  config: {
    entityId: ENTITY,
    ssoUrl: 'https://idp.test/sso',
    certificates: [IDP_KEY],
    usernameAttribute: null,
    multiFactorContexts: [],
  },
} as unknown as IdentityProvider

/** What is done to a document; places are fractions of its tags, so that a change means the same in every run. */
const place = fc.double({ min: 0, max: 0.999, noNaN: true })
const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), at: place, piece: fc.nat() }),
  fc.record({ kind: fc.constant('move' as const), at: place, to: place }),
  fc.record({ kind: fc.constant('copy' as const), at: place, to: place }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('type' as const), at: place, text: oddText }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/**
 * Signed answers of an identity provider, with elements put in, moved, copied, cut and overwritten: whoever comes of one is the person
 * whom the provider signed, in answer to our request. Throws at the first answer that says anything else.
 */
export async function fuzzSaml({ seed, rounds }: Rounds): Promise<void> {
  const said: Said = { request: REQUEST, acs, audience: entityId, now: Date.now() }
  const evil = { ...said, nameId: 'root' }
  const good = goodAnswer(said)
  assert.equal(await subjectOf(good), 'kim', 'the unchanged answer is taken')
  const pieces = [
    assertionXml(evil),
    signed(assertionXml(evil), 'Assertion', strangersKey()),
    '<saml:NameID>root</saml:NameID>',
    '<!-- root -->',
    '<![CDATA[root]]>',
    '<?root root?>',
    '<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
    '</saml:Assertion>',
    'root',
  ]
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const subject = await subjectOf(steps.reduce((xml, each) => changed(xml, each, pieces), good))
      assert.ok(subject === null || subject === 'kim', `${subject} was never signed`)
    }),
    { seed, numRuns: rounds },
  )
}

/** Whom an answer signs in; null: nobody. The same calls as behind the door. */
async function subjectOf(xml: string): Promise<string | null> {
  const saml = serviceProvider(SITE, provider, {
    saveAsync: async (_, value) => ({ value, createdAt: Date.now() }),
    getAsync: async (id) => (id === REQUEST ? new Date().toISOString() : null),
    removeAsync: async (id) => id,
  })
  const answer = { SAMLResponse: Buffer.from(xml).toString('base64') }
  const read = await saml.validatePostResponseAsync(answer).catch((error: unknown) => {
    assert.ok(error instanceof Error, 'what is thrown is an error')
    return { profile: null }
  })
  if (!read.profile) return null
  const statement = readAssertion(read.profile, provider, acs)
  if (statement.kind === 'refused') return null
  assert.equal(statement.request, REQUEST)
  return statement.subject
}

function changed(xml: string, each: Step, pieces: readonly string[]): string {
  const tags = [...xml.matchAll(/<\/?[\w:]+/g)].map(({ index }) => index)
  if (tags.length === 0) return xml
  const at = (fraction: number): number => tags[Math.floor(fraction * tags.length)] ?? 0
  const here = at(each.at)
  switch (each.kind) {
    case 'put':
      return splice(xml, here, 0, pieces[each.piece % pieces.length] ?? '')
    case 'type':
      return splice(xml, here + Math.floor(each.at * 40), each.text.length, each.text)
    case 'cut':
      return splice(xml, here, elementAt(xml, here).length, '')
    case 'copy':
      return splice(xml, at(each.to), 0, elementAt(xml, here))
    case 'move': {
      const element = elementAt(xml, here)
      const rest = splice(xml, here, element.length, '')
      return splice(rest, Math.min(at(each.to), rest.length), 0, element)
    }
  }
}

/** The whole element that begins here, or the one tag where that is no beginning. */
function elementAt(xml: string, from: number): string {
  const name = /^<(?<name>[\w:]+)/.exec(xml.slice(from))?.groups?.['name']
  const end = name === undefined ? -1 : xml.indexOf(`</${name}>`, from)
  return end < 0 ? xml.slice(from, xml.indexOf('>', from) + 1) : xml.slice(from, end + `</${name}>`.length)
}

function splice(text: string, from: number, length: number, put: string): string {
  return text.slice(0, from) + put + text.slice(from + length)
}
