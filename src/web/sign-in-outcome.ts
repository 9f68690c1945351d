import { cookieNames, deviceCookie, setCookie } from '#http/cookies.ts'
import type { Call } from '#http/call.ts'
import type { Instant } from '#domain/time.ts'
import { Secret } from '#domain/secret.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import { signIn, type SignInOutcome } from '#usecases/sign-in.ts'
import { type Carried, withCarried } from './carried.ts'
import { pageHeaders } from './form-action.ts'
import { frameOf } from './frame.ts'
import { fromTime, retryAfter } from './moments.ts'
import { loginPage } from './pages/login-page.ts'
import { passkeyOffer } from './passkey-offer.ts'
import { addPending, loginName } from './pending-cookie.ts'
import { providerLinks } from './provider-links.ts'
import { respond, seeOther } from './respond.ts'
import { lockedWords } from './code-words.ts'
import type { Texts, Word } from './texts/texts.ts'

/** The form that a password came from, to be shown again where it did not do. */
export interface PasswordForm {
  readonly action: string
  readonly carried: Carried
  readonly title?: string
  readonly why?: string
  /** The emailed link whose page asks for the password. */
  readonly link?: string
  /** Where somebody goes who has an authenticator to bind. */
  readonly enrolAt: string
}

/** Takes a user name and a password, and goes on to whatever they open. */
export async function takePassword(
  ports: Ports,
  call: Call,
  fields: ReadonlyMap<string, string>,
  form: PasswordForm,
): Promise<Response> {
  const username = fields.get('username') ?? ''
  const password = fields.get('password') ?? ''
  const { carried } = form
  const { texts } = frameOf(call)
  if (username.trim() === '' || password === '')
    return passwordAgain(ports, call, form, username, { problem: texts.signIn.incomplete, invalid: true, status: 400 })
  const outcome = await signIn(ports, {
    site: call.site.id,
    username,
    password: new Secret(password),
    ...(carried.application === undefined ? {} : { application: carried.application }),
    deviceToken: call.cookies.get(cookieNames(call.site.name, ports.origin).device),
    surface: 'form',
    link: form.link,
    origin: call.origin,
  })
  return tellSignIn(ports, call, outcome, form, username)
}

/** Goes on to whatever a first proof opens; the form comes again where it does not do. */
export async function tellSignIn(
  ports: Ports,
  call: Call,
  outcome: SignInOutcome,
  form: PasswordForm,
  username: string,
): Promise<Response> {
  const { carried } = form
  const { texts } = frameOf(call)
  if (outcome.kind === 'signed-in') {
    const cookies = [sessionCookie(ports, call, outcome)]
    if (outcome.deviceToken !== null) cookies.push(deviceCookie(call.site.name, outcome.deviceToken, ports.origin))
    return seeOther(carried.next ?? `${call.site.path}/account`, { cookies })
  }
  if (outcome.kind === 'pending') {
    const { token, challenge } = outcome.pending
    const login = loginName(ports, token)
    const page = challenge.state.kind === 'enrolling' ? form.enrolAt : `${call.site.path}/login`
    return seeOther(withCarried(page, { ...carried, login }), { cookies: [addPending(ports, call, token)] })
  }
  return passwordAgain(ports, call, form, username, refusal(texts, outcome, ports.clock.now(), carried.application))
}

async function passwordAgain(
  ports: Ports,
  call: Call,
  form: PasswordForm,
  username: string,
  said: Said,
): Promise<Response> {
  const passkey = await passkeyOffer(ports, call, form.carried)
  const page = loginPage({
    ...frameOf(call),
    ...form,
    carried: { ...form.carried, login: undefined },
    passkey,
    // The link that was mailed is for the password alone.
    providers: form.link === undefined ? await providerLinks(ports, call, form.carried) : [],
    username,
    problem: said.problem ?? null,
    invalid: said.invalid ?? false,
    notice: said.notice ?? null,
    contacts: said.contacts ?? [],
  })
  const headers = await pageHeaders(ports, call, form.carried, passkey)
  return respond(page, said.status, { retryAfter: said.retryAfter, headers })
}

/** The cookie of a session that has just begun. */
export function sessionCookie(
  ports: Ports,
  call: Call,
  session: { readonly token: string; readonly expiresAt: Instant },
): string {
  const seconds = Math.floor((session.expiresAt - ports.clock.now()) / 1_000)
  return setCookie(cookieNames(call.site.name, ports.origin).session, session.token, ports.origin, seconds)
}

interface Said {
  readonly status: number
  readonly problem?: Word
  readonly invalid?: boolean
  readonly notice?: Word
  readonly contacts?: readonly ContactPerson[]
  readonly retryAfter?: number | undefined
}

type Refusal = Exclude<SignInOutcome, { kind: 'signed-in' | 'pending' }>

function refusal({ signIn, ...texts }: Texts, outcome: Refusal, now: Instant, application = ''): Said {
  switch (outcome.kind) {
    case 'invalid-credentials':
      return { status: 401, problem: signIn.wrong, invalid: true }
    case 'password-again':
      return { status: 200, notice: signIn.passwordAgain }
    case 'use-api-key':
      return { status: 401, problem: signIn.useApiKey }
    case 'denied': {
      const blocked = outcome.decision.reason === 'channel_unconfigured_blocked'
      return {
        status: 403,
        problem: blocked ? signIn.denied.channelBlocked : signIn.denied.noMethod,
        contacts: outcome.contacts,
      }
    }
    case 'password-throttled': {
      const until = fromTime(texts, outcome.retryAt, now)
      return { status: 429, problem: signIn.throttled(until), retryAfter: retryAfter(outcome.retryAt, now) }
    }
    case 'code-locked':
      return {
        status: 429,
        problem: lockedWords(texts, outcome.retryAt, now),
        retryAfter: retryAfter(outcome.retryAt, now),
      }
    case 'unknown-application':
      return { status: 400, problem: signIn.unknownApplication(application) }
    case 'busy':
      return { status: 503, problem: signIn.busy, retryAfter: 2 }
  }
}
