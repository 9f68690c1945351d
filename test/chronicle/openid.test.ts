import { createHash } from 'node:crypto'
import { mock } from 'node:test'
import { days } from '#domain/time.ts'
import { MONDAY } from '../world.ts'
import { type Browser, chronicle } from './chronicle.ts'

const VERIFIER = 'a verifier of forty-three characters or more'.replaceAll(' ', '-')
const CALLBACK = 'https://wiki.test/callback'

function authorization(more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: 'wiki',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile email offline_access',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'state',
    nonce: 'nonce',
    ...more,
  })
  return `GET /oidc/auth?${query.toString()}`
}

chronicle('openid', { preset: 'manufacturing' }, async (story) => {
  mock.timers.enable({ apis: ['Date'], now: MONDAY })
  try {
    const { about, api, clock, codeFor, pump } = story
    const pass = (milliseconds: number): void => {
      clock.pass(milliseconds)
      mock.timers.setTime(clock.now())
    }
    await api('POST /applications', { name: 'wiki', title: 'The wiki' })
    const { client_secret: secret } = await api('PUT /applications/wiki/openid', {
      redirect_uris: [CALLBACK],
      post_logout_redirect_uris: ['https://wiki.test/bye'],
    })
    const client = { client_id: 'wiki', client_secret: String(secret) }
    const signsIn = async (browser: Browser, username: string): Promise<string | null> => {
      await browser.go('POST /login', { ...hidden(browser.page()), username, password: `${username}-demo-password` })
      await pump()
      await browser.follow()
      const code = codeFor(username)
      return browser.go('POST /login/code', { ...hidden(browser.page()), login: browser.login(), code })
    }
    /** Goes where it is led until it is at the application, or nowhere. */
    const arrives = async (browser: Browser, from: string | null): Promise<URLSearchParams> => {
      let to = from
      for (let step = 0; step < 8 && to !== null && !to.startsWith(CALLBACK); step += 1) to = await browser.follow()
      return new URL(to?.startsWith(CALLBACK) === true ? to : CALLBACK).searchParams
    }
    const redeems = (browser: Browser, fields: Record<string, string>): Promise<string | null> =>
      browser.go('POST /oidc/token', { ...client, ...fields })

    about('A sign-in for an application')
    const kim = story.browser()
    await kim.go(authorization())
    await kim.follow()
    await kim.follow()
    const code = (await arrives(kim, await signsIn(kim, 'kim'))).get('code') ?? 'none'
    const wiki = story.browser()
    const grant = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: VERIFIER }
    await redeems(wiki, { ...grant, code, code_verifier: 'wrong'.repeat(10) })
    await redeems(wiki, { ...grant, code })
    await redeems(wiki, { ...grant, code: 'none' })

    about('Once more, with the session that is there')
    const second = (await arrives(kim, await kim.go(authorization({ state: 'again' })))).get('code') ?? 'none'
    await redeems(wiki, { ...grant, code: second })
    const tokens = JSON.parse(wiki.page()) as Record<string, string>
    const access = tokens['access_token'] ?? 'none'
    await wiki.go('POST /oidc/me', { access_token: access })
    await redeems(wiki, { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? 'none' })
    const renewed = JSON.parse(wiki.page()) as Record<string, string>
    await redeems(wiki, { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? 'none' })
    await redeems(wiki, { grant_type: 'refresh_token', refresh_token: renewed['refresh_token'] ?? 'none' })
    await wiki.go('POST /oidc/token/introspection', { ...client, token: access })
    await wiki.go('POST /oidc/token/revocation', { ...client, token: access })
    await redeems(wiki, { ...grant, code: second })

    about('What an application may ask for')
    await kim.go(authorization({ prompt: 'none' }))
    await kim.go(authorization({ prompt: 'login' }))
    await kim.follow()
    await kim.follow()
    pass(3_600_000)
    await kim.go(authorization({ max_age: '60' }))
    await kim.follow()
    await kim.follow()
    await kim.go(authorization({ acr_values: 'aal2' }))
    await kim.follow()
    await kim.go(authorization({ redirect_uri: 'https://evil.example/' }))
    await kim.go(authorization({ client_id: 'nobody' }))
    await story.browser().go(authorization({ prompt: 'none' }))
    await kim.go('GET /oidc/interaction/nothing')

    about('The end')
    await kim.go('GET /oidc/session/end?client_id=wiki&post_logout_redirect_uri=https://wiki.test/bye')
    await kim.go('POST /oidc/session/end/confirm', { ...hidden(kim.page()), logout: 'yes' })
    await kim.go(authorization({ prompt: 'none' }))
    await api('POST /openid/keys/rotate', {})
    pass(days(3))
    await api('GET /openid/clients')
    await api('GET /audit?action=openid.reused&limit=5')
  } finally {
    mock.timers.reset()
  }
})

/** What the form of a page carries along. */
function hidden(page: string): Record<string, string> {
  const found = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
}
