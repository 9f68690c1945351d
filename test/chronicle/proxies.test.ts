import { HOTP } from 'otpauth'
import { chronicle, type Story } from './chronicle.ts'
import { codeOf } from '../phone.ts'
import { frappeDump, SITE_CONFIG } from '../frappe-dump.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROWS = 'serial,secret,type,digits,algorithm,period,counter\n'
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

async function signsIn({ api, pump, codeFor }: Story, username: string, more: object = {}): Promise<string> {
  const begun = await api('POST /login', { username, password: `${username}-demo-password`, ...more }, { token: null })
  await pump()
  if (begun.session) return begun.session.token
  const passed = await api('POST /login/verify', { code: codeFor(username) }, { token: begun.pending?.token })
  return passed.session?.token ?? 'none'
}

chronicle('proxies', { preset: 'manufacturing' }, async (story) => {
  const { about, api, clock, set, types } = story
  about('Forward-auth')
  await api('POST /applications', {
    name: 'wiki',
    title: 'Wiki',
    hosts: ['wiki.example.com'],
    recheck_in_session: true,
  })
  await api('POST /applications', { name: 'crm', title: 'CRM', hosts: ['*.crm.example.com'], session_hours: 1 })
  const kim = story.browser()
  const headers = (host: string) => ({
    'x-forwarded-host': host,
    'x-forwarded-proto': 'https',
    'x-forwarded-uri': '/page',
  })
  const handOver = (await kim.go('GET /forward-auth', undefined, headers('wiki.example.com'))) ?? ''
  await kim.go('GET /forward-auth', undefined, headers('other.example.com'))
  await kim.go('GET /auth-request', undefined, headers('wiki.example.com'))
  await kim.go('POST /login', { username: 'kim', password: 'kim-demo-password', application: 'wiki' })
  await story.pump()
  await kim.go('POST /login/code', { login: kim.login(), code: story.codeFor('kim') })
  await kim.go('GET /forward-auth', undefined, headers('wiki.example.com'))
  await kim.go('GET /auth-request', undefined, headers('wiki.example.com'))
  await kim.go(`GET ${handOver.replace(/^.*\/acme/, '')}`)
  for (const wait of [59_999, 60_000]) {
    await kim.go(`GET ${handOver.replace(/^.*\/acme/, '')}`)
    const back = /https:\/\/wiki\.example\.com(\/[^"\s]*)/.exec(kim.page())?.[1] ?? '/none'
    clock.pass(wait)
    const uri = back.replaceAll('&amp;', '&')
    await kim.go('GET /forward-auth', undefined, { ...headers('wiki.example.com'), 'x-forwarded-uri': uri })
    await kim.go('GET /forward-auth', undefined, headers('wiki.example.com'))
  }
  await kim.go('GET /hand-over?to=https://wiki.example.com/page')
  await kim.go('GET /hand-over?to=https://other.example.com/page')
  await kim.go('GET /hand-over')
  const token = await signsIn(story, 'sam', { application: 'crm' })
  await api('GET /session', undefined, { token })
  clock.pass(3_600_000)
  await api('GET /session', undefined, { token })
  await set({ 'challenge.recheck_in_session': true, 'challenge.interval_hours': 1 })
  const again = await signsIn(story, 'sam')
  clock.pass(3_600_001)
  await api('GET /session', undefined, { token: again })
  await set({ 'session.idle_minutes': 10, 'challenge.recheck_in_session': false })
  const idle = await signsIn(story, 'op')
  clock.pass(599_000)
  await api('GET /session', undefined, { token: idle })
  clock.pass(601_000)
  await api('GET /session', undefined, { token: idle })

  about('A hardware token')
  await set({ 'methods.allowed': ['hardware', 'app'], 'challenge.interval_hours': 0 })
  await api('POST /hardware', `${ROWS}T1,${SECRET},totp,6,SHA1,30,\nH1,${SECRET},hotp,6,SHA1,,0\n`)
  const { items } = await api('GET /hardware')
  for (const { id } of items) await api(`PUT /hardware/${id}`, { username: 'kim' })
  const { items: tokens } = await api('GET /hardware')
  const counted = tokens.find(({ type }: { type: string }) => type === 'hotp')?.id
  const press = (counter: number): string => new HOTP({ secret: SECRET }).generate({ counter })
  await api(`POST /hardware/${counted}/resynchronise`, { first: press(40), second: press(42) })
  await api(`POST /hardware/${counted}/resynchronise`, { first: press(40), second: press(41) })
  const pressed = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  await api('POST /login/verify', { code: press(41) }, { token: pressed.pending?.token })
  await api('POST /login/verify', { code: press(44) }, { token: pressed.pending?.token })
  const begun = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  await api('POST /login/verify', { code: '000000' }, { token: begun.pending?.token })
  const code = codeOf(SECRET, clock.now())
  await api('POST /login/verify', { code }, { token: begun.pending?.token })
  const second = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  await api('POST /login/verify', { code }, { token: second.pending?.token })
  await api('POST /users/kim/repair-steps', {
    reason: 'the clock was ahead',
    time: new Date(clock.now()).toISOString(),
  })
  clock.pass(-600_000)
  await api('POST /users/kim/repair-steps', {
    reason: 'the clock was ahead',
    time: new Date(clock.now()).toISOString(),
  })
  await api('POST /users/kim/repair-steps', { reason: 'the clock was ahead', time: '2020-01-01T00:00:00Z' })

  about('By a program')
  await set({ 'api.password_login': 'accounts_without_2fa', 'methods.allowed': ['email'] })
  await api('POST /login', { username: 'svc', password: 'svc-demo-password' }, { token: null })
  await set({ 'api.password_login': 'never' })
  await api('POST /login', { username: 'svc', password: 'svc-demo-password' }, { token: null })
  await api('GET /reports/password-logins')
  await api('GET /reports/password-logins?format=csv')
  await types('reports password-logins --site acme')

  about('From Frappe')
  const folder = mkdtempSync(join(tmpdir(), 'countersign-frappe-'))
  try {
    writeFileSync(join(folder, 'dump.sql'), frappeDump())
    writeFileSync(join(folder, 'config.json'), SITE_CONFIG)
    const files = [join(folder, 'dump.sql'), '--encryption-key-file', join(folder, 'config.json'), '--site', 'acme']
    await types(['import', 'frappe', ...files, '--dry-run'])
    await types(['import', 'frappe', ...files])
    await types(['import', 'frappe', ...files])
    await types(['import', 'frappe', join(folder, 'dump.sql'), '--site', 'acme'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
