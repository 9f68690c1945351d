import { codeOf } from '../phone.ts'
import { chronicle, type Story } from './chronicle.ts'

const ROWS = 'serial,secret,type,digits,algorithm,period,counter\n'
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** Binds an app by the API; the secret. */
async function binds({ api, clock }: Story, username: string): Promise<string> {
  const begun = await api('POST /login', { username, password: `${username}-demo-password` }, { token: null })
  const token = begun.pending?.token ?? 'none'
  const shown = await api('POST /login/enrol', {}, { token })
  const secret: string = shown.enrolment?.secret ?? shown.secret ?? SECRET
  await api('POST /login/enrol/confirm', { code: codeOf(secret, clock.now()) }, { token })
  return secret
}

chronicle('helpdesk', { preset: 'erp' }, async (story) => {
  const { about, api, types, clock, pump, set } = story
  await set({ 'enrolment.channel': 'screen' })
  about('An app is bound, and lost')
  const secret = await binds(story, 'kim')
  clock.pass(60_000)
  const second = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  const token = second.pending?.token ?? 'none'
  const code = codeOf(secret, clock.now())
  for (let attempt = 0; attempt < 3; attempt += 1) await api('POST /login/verify', { code: '000000' }, { token })
  const refused = await api('POST /login/verify', { code: '000001' }, { token })
  await api(`GET /attempts/${refused.reference ?? 'none'}`)
  await api('GET /attempts/AAAA-BBBB')
  await api('POST /login/verify', { code }, { token })
  await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  await api('GET /users/kim/authenticators')
  await api('POST /users/kim/repair-steps', { reason: 'the clock was ahead', time: '2026-11-02T09:01:00Z' })
  await api('POST /users/kim/repair-steps', { reason: 'the clock was ahead', time: '2027-11-02T09:01:00Z' })
  await api('POST /users/kim/status', { reason: 'called' })
  await api('POST /users/kim/status', { reason: ' ' })
  await api('POST /users/nobody/status', { reason: 'called' })
  await api('POST /users/kim/code', { reason: '' })
  await api('POST /users/kim/code', { reason: 'called, and was known' })
  await api('POST /users/nobody/code', { reason: 'called' })
  await api('POST /users/op/code', { reason: 'called' })
  await api('POST /users/kim/resend', { reason: 'nothing came' })
  await api('POST /users/kim/enrol-anew', { reason: 'the phone is in the river' })
  await api('POST /users/kim/enrol-anew', { reason: 'the phone is in the river' })
  await api('GET /users/kim/authenticators')
  await pump()
  await binds(story, 'kim')
  const { items } = await api('GET /users/kim/authenticators')
  await api('DELETE /users/kim/authenticators/aut_nothing')
  await api(`DELETE /users/kim/authenticators/${items?.[0]?.id}`)
  await binds(story, 'sam')
  await api('DELETE /users/sam/authenticators')
  await api('DELETE /users/sam/authenticators')
  await types(['users', 'reset', 'sam', '--reason', 'new phone', '--site', 'acme'])
  await types(['users', 'repair-steps', 'kim', '--reason', 'clock', '--time', '2026-11-02T09:01:00Z', '--site', 'acme'])
  await api('POST /users/kim/reset-password')
  await api('POST /users/svc/reset-password')
  await pump()

  about('Somebody of the helpdesk')
  await api('POST /users', {
    username: 'hanna',
    password: 'hanna-demo-password',
    email: 'hanna@acme.test',
    roles: ['Helpdesk'],
  })
  const known = await binds(story, 'hanna')
  clock.pass(60_000)
  const begun = await api('POST /login', { username: 'hanna', password: 'hanna-demo-password' }, { token: null })
  const inside = await api('POST /login/verify', { code: codeOf(known, clock.now()) }, { token: begun.pending?.token })
  const hanna = { token: inside.session?.token ?? 'none' }
  await api('PUT /users/op/bypass', { reason: 'no_real_email', expires_at: null })
  for (const username of ['op', 'root', 'hanna']) {
    await api(`POST /users/${username}/status`, { reason: 'called' }, hanna)
    await api(`POST /users/${username}/unlock`, { reason: 'called' }, hanna)
    await api(`POST /users/${username}/code`, { reason: 'called' }, hanna)
    await api(`POST /users/${username}/enrol-anew`, { reason: 'called' }, hanna)
  }
  await api('POST /users/op/unlock', {}, hanna)
  await api('PATCH /users/op', { language: 'de' }, hanna)
  await api('GET /users/op', undefined, hanna)
  await api('GET /audit?limit=1', undefined, hanna)
  await pump()

  about('A message that did not come')
  await set({ 'methods.allowed': ['email', 'sms'] })
  await api('POST /users/op/resend', { reason: 'nothing came' })
  await api('POST /login', { username: 'op', password: 'op-demo-password' }, { token: null })
  await api('DELETE /users/op/bypass')
  await api('POST /login', { username: 'op', password: 'op-demo-password' }, { token: null })
  await api('POST /users/op/status', { reason: 'nothing came' })
  await api('POST /users/op/resend', { reason: 'nothing came' })
  for (let time = 0; time < 5; time += 1) {
    clock.pass(30_000)
    await api('POST /users/op/resend', { reason: 'nothing came' })
  }
  await pump()
  await set({ 'methods.allowed': ['app'] })

  about('Everything is lost')
  await api('GET /recovery-requests')
  await api('POST /recovery-requests/kim/approve', { checks: ['seen', 'called_back'], reason: 'in the canteen' })
  await binds(story, 'root')
  const browser = story.browser()
  await browser.go('POST /login', { username: 'root', password: 'root-demo-password' })
  await browser.follow()
  await browser.go(`GET /login/lost?login=${browser.login()}`)
  await browser.go('POST /login/lost', { login: browser.login(), note: 'phone stolen, codes burnt' })
  await browser.go('POST /login/lost', { login: browser.login(), note: 'once more' })
  await pump()
  await api('GET /recovery-requests')
  await types('users recovery-requests --site acme')
  await api('POST /recovery-requests/root/approve', { checks: ['seen'], reason: 'in the canteen' })
  await api('POST /recovery-requests/root/approve', { checks: ['seen', 'called_back'], reason: '' })
  await api('POST /recovery-requests/root/code')
  await types([
    'users',
    'recovery-approve',
    'root',
    '--check',
    'seen',
    '--check',
    'called_back',
    '--reason',
    'in the canteen',
    '--site',
    'acme',
  ])
  await api('POST /recovery-requests/root/code')
  clock.pass(3_700_000)
  await api('POST /recovery-requests/root/code')
  await types('users recovery-code root --site acme')
  await browser.go('POST /login/lost/code', { login: browser.login(), code: '000000' })
  await api('POST /recovery-requests/root/refuse', { reason: 'it was somebody else' })
  await api('POST /recovery-requests/root/refuse', { reason: 'it was somebody else' })
  await types(['users', 'recovery-refuse', 'root', '--reason', 'no', '--site', 'acme'])

  about('Hardware tokens')
  await api('POST /hardware?dry_run=true', `${ROWS}A1,${SECRET},totp,6,SHA1,30,\n`)
  await api('POST /hardware', `${ROWS}A1,${SECRET},totp,6,SHA1,30,\nA2,${SECRET},hotp,6,SHA1,,7\n`)
  await api('POST /hardware', `${ROWS}A1,${SECRET},totp,6,SHA1,30,\n`)
  await api('POST /hardware', `${ROWS}A3,short,totp,5,MD5,0,\n,${SECRET},smoke,6,SHA1,30,\n`)
  await api('GET /hardware?limit=1')
  const tokens = await api('GET /hardware')
  const [one = 'none', two = 'none'] = tokens.items.map(({ id }: { id: string }) => id)
  await api(`PUT /hardware/${one}`, { username: 'kim' })
  await api(`PUT /hardware/${one}`, { username: 'kim' })
  await api(`PUT /hardware/${one}`, { username: 'sam' })
  await api('PUT /hardware/aut_nothing', { username: 'sam' })
  await api(`PUT /hardware/${two}`, { username: 'nobody' })
  await api(`PUT /hardware/${two}`, { username: 'sam' })
  await api(`POST /hardware/${two}/resynchronise`, { first: '000000', second: '000001' })
  await api('POST /hardware/aut_nothing/resynchronise', { first: '000000', second: '000001' })
  await api(`POST /hardware/${one}/resynchronise`, {
    first: codeOf(SECRET, clock.now()),
    second: codeOf(SECRET, clock.now() + 30_000),
  })
  await api('GET /users/kim/authenticators')
  await types('hardware list --site acme')
  await types('hardware assign A2 kim --site acme')
  await types('hardware remove A2 --site acme')
  await types('hardware remove A2 --yes --site acme')
  await api(`DELETE /hardware/${one}`)
  await api(`DELETE /hardware/${one}`)
  await pump()
})
