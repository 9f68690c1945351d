import type { Call } from '#http/call.ts'
import { maskRecipient } from '#domain/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import { showEnrolment } from '#usecases/enrol.ts'
import { answerRequest } from '#usecases/passkey-options.ts'
import type { PendingLogin } from '#usecases/pending-login.ts'
import type { EnrolmentView } from '#usecases/pending-view.ts'
import { rememberHours } from '#usecases/remember-hours.ts'
import type { Carried } from './carried.ts'
import { pageHeaders } from './form-action.ts'
import { applicationTitle, frameOf, speakersOf } from './frame.ts'
import { codePage } from './pages/code-page.ts'
import { enrolPage, type EnrolPage } from './pages/enrol-page.ts'
import { loginName } from './pending-cookie.ts'
import { respond } from './respond.ts'
import type { Word } from './texts/texts.ts'

export interface Shown {
  readonly token: string
  readonly carried: Carried
  /** The emailed link, on the page that it opens. */
  readonly link?: string
  readonly problem?: Word | null
  readonly invalid?: boolean
  readonly status?: number
  readonly retryAfter?: number | undefined
  /** The box for remembering this browser is ticked until somebody unticks it. */
  readonly remember?: boolean
}

/** The page of a live pending login: for its code, or for the authenticator that it has to bind. It changes nothing. */
export async function showPending(ports: Ports, call: Call, login: PendingLogin, shown: Shown): Promise<Response> {
  const { file, now, view, challenge } = login
  const common = {
    ...frameOf(call, speakersOf(file)),
    carried: { ...shown.carried, login: loginName(ports, shown.token) },
    now,
    person: file.user.displayName || file.user.username,
    application: applicationTitle(file.applications, challenge.application),
    problem: shown.problem ?? null,
    invalid: shown.invalid ?? false,
    remember: shown.remember ?? true,
  }
  const passkey = view.kind === 'challenge' && view.methods.includes('passkey') ? answerRequest(ports, file, now) : null
  const extras = { retryAfter: shown.retryAfter, headers: await pageHeaders(ports, call, shown.carried, passkey) }
  if (view.kind === 'challenge') return respond(codePage({ ...common, view, passkey }), shown.status ?? 200, extras)

  const { path } = call.site
  const page = enrolPage({
    ...common,
    action: shown.link === undefined ? `${path}/login/code` : `${path}/enrol/${encodeURIComponent(shown.link)}/code`,
    binding: await binding(ports, call, view, shown),
    mail: mailOf(login, view),
    rememberHours: rememberHours(file, challenge, now),
    contacts: view.sending?.state === 'failed' ? file.settings['contact.persons'] : [],
  })
  return respond(page, shown.status ?? 200, extras)
}

async function binding(ports: Ports, call: Call, view: EnrolmentView, shown: Shown): Promise<EnrolPage['binding']> {
  const over = { kind: 'over', onScreen: view.channel !== 'email_link' } as const
  if (view.expiresAt === null) return over
  const secret = await showEnrolment(ports, {
    site: call.site.id,
    pendingToken: shown.token,
    link: shown.link,
    origin: call.origin,
  })
  switch (secret.kind) {
    case 'shown':
      return secret
    case 'link-required':
      return { kind: 'by-mail', expiresAt: view.expiresAt }
    case 'over':
    case 'gone':
      return over
  }
}

/**
 * What became of the mail. A login that took up a living enrolment sent none: the mail before has the same link. A QR code made
 * anew on the screen has no link, and takes away what an earlier mail led to.
 */
function mailOf({ file }: PendingLogin, view: EnrolmentView): EnrolPage['mail'] {
  if (view.channel === 'screen' || file.user.email === null) return null
  const to = maskRecipient('email', file.user.email)
  const { sending } = view
  if (sending?.state === 'failed') return { to, state: 'failed' }
  if (!file.enrolment?.linkDigest) return { to, state: 'none' }
  return { to, state: sending?.state === 'on_its_way' ? 'on_its_way' : 'accepted' }
}
