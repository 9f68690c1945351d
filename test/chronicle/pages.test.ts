import { codeOf } from '../phone.ts'
import { type Browser, chronicle, type Story } from './chronicle.ts'

async function signsIn({ codeFor, pump }: Story, browser: Browser, username: string): Promise<void> {
  await browser.go('POST /login', { username, password: `${username}-demo-password` })
  await pump()
  await browser.go('POST /login/code', { login: browser.login(), code: codeFor(username), remember: 'yes' })
}

/** The path of the newest link of a kind. */
function linkIn(mails: readonly { readonly text: string }[], kind: string): string {
  const found = mails.map(({ text }) => new RegExp(`/acme(/${kind}/[\\w-]+)`).exec(text)?.[1])
  return found.find((each) => each !== undefined) ?? `/${kind}/none`
}

function secretOn(page: string): string {
  return (/(?:[A-Z2-7]{4}\s?){6,}/.exec(page.replaceAll(/<[^>]+>/g, ' '))?.[0] ?? 'JBSWY3DPEHPK3PXP').replaceAll(
    /\s/g,
    '',
  )
}

chronicle('pages', { preset: 'manufacturing' }, async (story) => {
  const { about, clock, pump, codeFor, set, messages, api } = story
  about('The login page')
  const kim = story.browser()
  await kim.go('GET /login')
  await kim.go('GET /login?next=/acme/account')
  await kim.go('POST /login', { username: 'kim', password: 'wrong' })
  await kim.go('POST /login', { username: '', password: '' })
  await kim.go('POST /login', { username: 'kim', password: 'kim-demo-password' })
  await kim.follow()
  await pump()
  await kim.go('POST /login/code', { login: kim.login(), code: '000000' })
  await kim.go('POST /login/send', { login: kim.login(), channel: 'email' })
  clock.pass(31_000)
  await kim.go('POST /login/send', { login: kim.login(), channel: 'email' })
  await pump()
  await kim.go('POST /login/code', { login: kim.login(), code: codeFor('kim'), remember: 'yes' })
  await kim.follow()

  about('The own account')
  await kim.go('GET /account')
  await kim.go('GET /account/password')
  await kim.go('POST /account/password', { current: 'wrong', password: 'another-long-password' })
  await kim.go('POST /account/password', { current: 'kim-demo-password', password: 'short' })
  await kim.go('GET /account/recovery')
  await kim.go('POST /account/recovery', {})
  await kim.go('POST /account/app', {})
  await kim.follow()
  const secret = secretOn(kim.page())
  await kim.go('POST /login/code', { login: kim.login(), code: '000000' })
  await kim.go('POST /login/code', { login: kim.login(), code: codeOf(secret, clock.now()) })
  await kim.go('GET /account')
  const authenticator = /name="authenticator" value="([^"]+)"/.exec(kim.page())?.[1] ?? 'none'
  await kim.go('POST /account/name', { authenticator, label: 'the other phone' })
  await kim.go('POST /account/name', { authenticator, label: '' })
  await kim.go('POST /account/remove', { authenticator })
  clock.pass(3_600_000)
  await kim.go('POST /account/remove', { authenticator })
  await kim.follow()
  await kim.go('POST /account/prove', {})
  await kim.follow()
  await kim.go('POST /account/devices', { device: 'none' })
  await kim.go('POST /account/sessions', { session: 'none' })
  await kim.go('POST /account/sessions', { others: 'yes' })
  await api('PATCH /users/kim', { email: 'kim@elsewhere.test' })
  await pump()
  await kim.go('GET /account')
  await kim.go('POST /account/address', { channel: 'email', code: '000000' })
  await kim.go('POST /account/address', {
    channel: 'email',
    code: /\b\d{6}\b/.exec(messages('email')[0]?.text ?? '')?.[0] ?? '',
  })
  await kim.go('POST /account/password', { current: 'kim-demo-password', password: 'another-long-password' })
  await kim.go('POST /logout', {})
  await kim.go('GET /account')

  about('Others at the login page')
  const svc = story.browser()
  await svc.go('POST /login', { username: 'svc', password: 'svc-demo-password' })
  await svc.go('GET /login?lang=de')
  await svc.go('GET /login')
  await svc.go('GET ')
  await svc.go('GET /login?lang=xx')
  await api('PATCH /users/op', { language: 'de' })
  await svc.go('POST /login', { username: 'op', password: 'op-demo-password' })
  await svc.follow()
  await pump()
  await svc.go('POST /login/code', { login: svc.login(), code: '12' })
  await svc.go('POST /login/code', { login: 'none', code: '000000' })
  await svc.go('POST /login/cancel', { login: svc.login() })
  await svc.follow()

  about('An administrator')
  const root = story.browser()
  await signsIn(story, root, 'root')
  await root.go('POST /account/recovery', {})
  const made = /name="made" value="([^"]+)"/.exec(root.page())?.[1] ?? 'none'
  await root.go('POST /account/recovery/kept', {})
  await root.go('POST /account/recovery/kept', { made })
  await root.go('GET /account')

  about('A forgotten password')
  const sam = story.browser()
  await sam.go('GET /forgotten')
  await sam.go('POST /forgotten', { username: 'sam' })
  await sam.go('POST /forgotten', { username: 'nobody' })
  await pump()
  const path = linkIn(messages('email'), 'reset')
  await sam.go('GET /reset/none')
  await sam.go(`GET ${path}`)
  await sam.go(`POST ${path}`, { password: 'short' })
  await sam.go(`POST ${path}`, { password: 'sam-demo-password' })
  await sam.go(`POST ${path}`, { password: 'another-long-password' })
  await sam.follow()
  await sam.go(`POST ${path}`, { password: 'another-long-password' })

  about('Enrolment by a link')
  await set({ 'methods.allowed': ['app'], 'enrolment.channel': 'email_link' })
  const op = story.browser()
  await op.go('POST /login', { username: 'op', password: 'op-demo-password' })
  await op.follow()
  await pump()
  await op.go('POST /login/link', { login: op.login() })
  const link = linkIn(messages('email'), 'enrol')
  await op.go('GET /enrol/none')
  await op.go(`GET ${link}`)
  await op.go(`POST ${link}`, { username: 'op', password: 'wrong' })
  await op.go(`POST ${link}`, { username: 'op', password: 'op-demo-password' })
  await op.follow()
  const shown = secretOn(op.page())
  await op.go(`POST ${link}/code`, { login: op.login(), code: '000000' })
  await op.go(`POST ${link}/code`, { login: op.login(), code: codeOf(shown, clock.now()) })
  await op.go('POST /login/cancel', { login: op.login() })
  await set({ 'enrolment.channel': 'screen' })
  const web = story.browser()
  await web.go('POST /login', { username: 'web', password: 'web-demo-password' })
  await web.follow()
  await web.go('POST /login/enrol', { login: web.login() })
  await web.go('POST /login/cancel', { login: web.login() })

  about('A fresh proof for a page of another system')
  await set({ 'methods.allowed': ['email', 'recovery', 'passkey'] })
  const again = story.browser()
  await signsIn(story, again, 'sam')
  await again.go('GET /login/step-up?next=/acme/account&level=aal1')
  await again.go('POST /login/step-up', { next: '/acme/account', level: 'aal1' })
  await again.follow()
  await api('GET /audit?limit=2')
})
