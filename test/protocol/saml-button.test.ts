import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { LANGUAGES } from '#domain/language.ts'
import { cookieNames } from '#http/cookies.ts'
import { setIdentityProvider } from '#usecases/set-identity-provider.ts'
import { CERTIFICATE } from '../certificate.ts'
import { pagesOf } from '../pages-browser.ts'
import { ADMIN, world } from '../world.ts'
import { answerOf, type OpenIdWorld, openIdWorld, type Walker } from './openid-world.ts'
import { goodAnswer } from './saml-signer.ts'
import { addProvider } from './saml-world.ts'

// The buttons on the login page that lead to the site's identity providers.

const BUTTON = /<a class="button second" href="(?<href>[^"]+)">(?<label>[^<]+)<\/a>/

function buttonOn(markup: string): { readonly href: string; readonly label: string } {
  const { href = '', label = '' } = BUTTON.exec(markup)?.groups ?? assert.fail(markup)
  return { href: href.replaceAll('&amp;', '&'), label }
}

/** Presses the button and comes back with what the provider of the tests says of kim; where the browser then goes. */
async function vouched(at: OpenIdWorld, walker: Walker, href: string): Promise<string> {
  const base = `${at.ports.origin}/acme/saml/corp`
  const away = await walker.open(new URL(href, at.ports.origin))
  assert.equal(away.url.origin, 'https://idp.test')
  const asked = inflateRawSync(Buffer.from(away.url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const request = / ID="(?<id>[^"]+)"/.exec(asked)?.groups?.['id'] ?? assert.fail(asked)
  const xml = goodAnswer({ request, acs: `${base}/acs`, audience: `${base}/metadata`, now: at.clock.now() })
  const body = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64') })
  const cookie = `cs-acme-saml-corp=${walker.cookies.get('cs-acme-saml-corp')}`
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://idp.test', cookie }
  const answer = await at.fetch(`${base}/acs`, { method: 'POST', body, headers })
  const session = cookieNames('acme', at.ports.origin).session
  for (const set of answer.headers.getSetCookie())
    if (set.startsWith(`${session}=`)) walker.cookies.set(session, set.slice(session.length + 1).split(';')[0] ?? '')
  return answer.headers.get('location') ?? assert.fail(`${answer.status} ${await answer.text()}`)
}

async function siteWithProvider(t: TestContext): Promise<OpenIdWorld> {
  const at = await openIdWorld(t, { preset: 'manufacturing', races: false })
  await addProvider(at, 'corp')
  return at
}

test('[S0.15] an OpenID application sends a person here, the button to the provider, and its answer right back to the application', async (t) => {
  const at = await siteWithProvider(t)
  const walker = at.walker()
  const asked = await at.request()
  const login = await walker.open(asked.url)
  const { href, label } = buttonOn(login.markup)
  assert.equal(label, 'Sign in with Corp')
  assert.match(href, /^\/acme\/saml\/corp\/login\?next=%2Facme%2Foidc%2Finteraction%2F[\w-]+&application=wiki$/)
  const landed = await walker.open(new URL(await vouched(at, walker, href), at.ports.origin))
  assert.equal(answerOf(landed), 'code')
  const claims = (await at.redeem(landed, asked)).claims()
  assert.deepEqual([claims?.acr, claims?.['amr']], ['aal1', ['external']])
})

test('a page that was asked for is where it ends; a foreign one is not', async (t) => {
  const at = await siteWithProvider(t)
  for (const [next, end] of [
    ['/acme/account/password', '/acme/account/password'],
    ['https://evil.test/', '/acme/account'],
    ['//evil.test', '/acme/account'],
  ] as const) {
    const walker = at.walker()
    const login = await walker.open(`${at.ports.origin}/acme/login?${new URLSearchParams({ next }).toString()}`)
    assert.equal(await vouched(at, walker, buttonOn(login.markup).href), end)
    // Whoever leaves the page out of the way and asks the door itself gets no further.
    const straight = `/acme/saml/corp/login?${new URLSearchParams({ next }).toString()}`
    assert.equal(await vouched(at, at.walker(), straight), end)
  }
})

test('the button stays after a wrong password, and goes when the provider is switched off', async () => {
  const at = await world({ preset: 'fleet', races: false })
  await addProvider(at, 'corp')
  const browser = pagesOf(at).browser()
  const first = await browser.open('/acme/login?application=manager&next=/acme/account')
  const wanted = '/acme/saml/corp/login?next=%2Facme%2Faccount&application=manager'
  assert.equal(buttonOn(first.markup).href, wanted)
  const wrong = await browser.submit('/acme/login', { username: 'kim', password: 'wrong' })
  assert.equal(wrong.status, 401)
  assert.equal(buttonOn(wrong.markup).href, wanted)
  const over = await setIdentityProvider(at.ports, {
    ...ADMIN,
    site: 'acme',
    name: 'corp',
    fields: { enabled: false },
    config: { certificates: [CERTIFICATE] },
  })
  assert.equal(over.kind, 'saved')
  assert.doesNotMatch((await browser.open('/acme/login')).markup, BUTTON)
  await at.close()
})

test('the button names the provider in every language', async () => {
  const at = await world({ preset: 'manufacturing', races: false })
  await addProvider(at, 'corp')
  const labels = new Set<string>()
  for (const language of LANGUAGES) {
    const { label } = buttonOn((await pagesOf(at).browser(language).open('/acme/login')).markup)
    assert.match(label, /Corp/)
    labels.add(label)
  }
  assert.equal(labels.size, LANGUAGES.length)
  await at.close()
})
