import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import * as client from 'openid-client'

export interface AppSettings {
  /** Such as `https://login.example.com/acme/oidc`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where people reach this application. `{origin}/callback` is registered as its redirect address. */
  readonly origin: string
}

/** Somebody on the way to a sign-in, or signed in. A real application keeps this in its own sessions. */
interface Visitor {
  verifier?: string
  state?: string
  nonce?: string
  idToken?: string
  claims?: client.IDToken
}

/** A whole application in one file: `/` shows who is signed in, `/secret` wants two factors, `/bye` signs out everywhere. */
export async function openApp({ issuer, clientId, clientSecret, origin }: AppSettings): Promise<Server> {
  // Plain http is for trying it out on one computer.
  const options = issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : {}
  const provider = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, options)
  const visitors = new Map<string, Visitor>()

  async function signIn(visitor: Visitor, wants: Readonly<Record<string, string>>): Promise<string> {
    visitor.verifier = client.randomPKCECodeVerifier()
    visitor.state = client.randomState()
    visitor.nonce = client.randomNonce()
    const address = client.buildAuthorizationUrl(provider, {
      redirect_uri: `${origin}/callback`,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(visitor.verifier),
      code_challenge_method: 'S256',
      state: visitor.state,
      nonce: visitor.nonce,
      ...wants,
    })
    return address.href
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    const known = /\bvisitor=(?<id>[\w-]+)/.exec(request.headers.cookie ?? '')?.groups?.['id'] ?? ''
    const id = visitors.has(known) ? known : randomUUID()
    const visitor = visitors.get(id) ?? {}
    visitors.set(id, visitor)
    response.setHeader('set-cookie', `visitor=${id}; Path=/; HttpOnly; SameSite=Lax`)
    const goTo = (location: string): unknown => response.writeHead(303, { location }).end()

    switch (url.pathname) {
      case '/callback': {
        if (!visitor.verifier || !visitor.state || !visitor.nonce) return void goTo('/')
        const tokens = await client.authorizationCodeGrant(provider, url, {
          pkceCodeVerifier: visitor.verifier,
          expectedState: visitor.state,
          expectedNonce: visitor.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        visitors.delete(id)
        // A new id after the sign-in: whoever knew the old one gains nothing by it.
        const signedIn = randomUUID()
        visitors.set(signedIn, { ...(claims && { claims }), ...(tokens.id_token && { idToken: tokens.id_token }) })
        response.setHeader('set-cookie', `visitor=${signedIn}; Path=/; HttpOnly; SameSite=Lax`)
        return void goTo('/')
      }
      case '/secret':
        // The level is looked at here too: what was asked for is not what was got.
        if (visitor.claims?.acr !== 'aal2') return void goTo(await signIn(visitor, { acr_values: 'aal2' }))
        return void response.end('Two factors were shown.')
      case '/bye': {
        const { idToken } = visitor
        visitors.delete(id)
        const hint = idToken === undefined ? {} : { id_token_hint: idToken }
        return void goTo(
          client.buildEndSessionUrl(provider, { ...hint, post_logout_redirect_uri: `${origin}/gone` }).href,
        )
      }
      case '/gone':
        return void response.end('Signed out.')
      case '/': {
        const { claims } = visitor
        if (!claims) return void goTo(await signIn(visitor, {}))
        const { sub, acr } = claims
        return void response.end(
          `Signed in as ${sub} (${acr === 'aal2' ? 'aal2' : 'aal1'}, ${JSON.stringify(claims['amr'])})`,
        )
      }
      default:
        response.writeHead(404).end('There is nothing here.')
    }
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error)
      response.writeHead(500).end('The sign-in did not work. Start again.')
    })
  })
}
