import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import express, { type Express, type Request, type Response } from 'express'
import { type Client, CountersignError } from '../../client/countersign.js'

// An application with users and passwords of its own, and the second factor from Countersign. What belongs to Countersign stands in
// `signIn` and `takeCode`; the rest is what such an application has anyway.

export interface Account {
  readonly username: string
  readonly salt: Buffer
  readonly hash: Buffer
}

export function account(username: string, password: string): Account {
  const salt = randomBytes(16)
  return { username, salt, hash: scryptSync(password, salt, 32) }
}

/** What the server knows of one browser; it holds nothing but the name of its session. */
interface Session {
  username?: string
  /** The password is right and the code is still to come: the token never leaves the server. */
  waiting?: { readonly username: string; readonly token: string }
}

export function createApp(countersign: Client, accounts: readonly Account[]): Express {
  const sessions = new Map<string, Session>()
  const app = express()
  app.use(express.urlencoded({ extended: false }))

  app.get('/', (request, response) => {
    const username = sessionOf(request)?.username
    if (username === undefined) return response.redirect('/login')
    response.send(page(`<p>Hello, ${escape(username)}.</p>`))
  })

  app.get('/login', (_request, response) => void response.send(page(PASSWORD_FORM)))
  app.post('/login', (request, response) => void signIn(request, response))
  app.get('/code', (_request, response) => void response.send(page(CODE_FORM)))
  app.post('/code', (request, response) => void takeCode(request, response))

  async function signIn(request: Request, response: Response): Promise<void> {
    const { username = '', password = '' } = request.body as Record<string, string>
    if (!isRight(accounts, username, password))
      return void response.status(401).send(page(`<p>Wrong name or password.</p>${PASSWORD_FORM}`))
    try {
      const asked = await countersign.askSecondFactor({
        body: { username, address: request.ip ?? '', device_token: cookie(request, 'device') },
      })
      switch (asked.outcome) {
        case 'allow':
          return enter(response, username)
        case 'challenge':
          begin(response, { waiting: { username, token: asked.pending.token } })
          return response.redirect('/code')
        case 'enrol': {
          begin(response, { waiting: { username, token: asked.pending.token } })
          const { qr_svg } = await countersign.startEnrolment({ token: asked.pending.token })
          return void response.send(page(`<p>Scan this with your authenticator app.</p>${qr_svg}${CODE_FORM}`))
        }
      }
    } catch (error) {
      refuse(response, error)
    }
  }

  async function takeCode(request: Request, response: Response): Promise<void> {
    const waiting = sessionOf(request)?.waiting
    if (!waiting) return response.redirect('/login')
    const { code = '', remember } = request.body as Record<string, string>
    try {
      const passed = await countersign.verifyCode({
        token: waiting.token,
        body: { code, remember_device: remember === 'yes' },
      })
      if (!('outcome' in passed)) throw new Error('a challenge was answered as something else')
      if (passed.device_token !== undefined)
        response.cookie('device', passed.device_token, { httpOnly: true, sameSite: 'lax', maxAge: 30 * 86_400_000 })
      enter(response, waiting.username)
    } catch (error) {
      if (error instanceof CountersignError && error.is('invalid_code', 'malformed_code'))
        return void response.status(401).send(page(`<p>That was not the code.</p>${CODE_FORM}`))
      refuse(response, error)
    }
  }

  /** Another session after each proof, so that one from before is worth nothing. */
  function begin(response: Response, session: Session): void {
    const name = randomBytes(32).toString('base64url')
    sessions.set(name, session)
    response.cookie('session', name, { httpOnly: true, sameSite: 'lax' })
  }

  function enter(response: Response, username: string): void {
    begin(response, { username })
    response.redirect('/')
  }

  function sessionOf(request: Request): Session | undefined {
    return sessions.get(cookie(request, 'session') ?? '')
  }

  return app
}

/** Whatever is not understood lets nobody in. */
function refuse(response: Response, error: unknown): void {
  if (!(error instanceof CountersignError)) return void response.status(503).send(page('<p>Try again in a moment.</p>'))
  const again = error.is('pending_gone', 'too_many_attempts') ? '<p><a href="/login">Sign in again</a>.</p>' : ''
  response.status(error.status).send(page(`<p>${escape(error.detail)}</p>${again}`))
}

function isRight(accounts: readonly Account[], username: string, password: string): boolean {
  const known = accounts.find((each) => each.username === username)
  const { salt, hash } = known ?? { salt: Buffer.alloc(16), hash: Buffer.alloc(32) }
  return timingSafeEqual(scryptSync(password, salt, 32), hash) && known !== undefined
}

function cookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([each]) => each === name)?.[1]
}

const PASSWORD_FORM = `<form method="post" action="/login"><input name="username" autocomplete="username" aria-label="Name">
<input name="password" type="password" autocomplete="current-password" aria-label="Password"><button>Sign in</button></form>`
const CODE_FORM = `<form method="post" action="/code"><input name="code" inputmode="numeric" autocomplete="one-time-code" aria-label="Code" autofocus>
<label><input type="checkbox" name="remember" value="yes"> Remember this browser</label><button>Go on</button></form>`

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>${body}</html>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
