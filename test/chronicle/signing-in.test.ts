import { type Answered, chronicle, type Story } from './chronicle.ts'

/** A sign-in by the API as far as it goes with the code that was sent. */
async function signsIn({ api, codeFor, pump }: Story, username: string, more: object = {}): Promise<Answered> {
  const first = await api('POST /login', { username, password: `${username}-demo-password`, ...more }, { token: null })
  if (first?.pending === undefined) return first
  await pump()
  return api('POST /login/verify', { code: codeFor(username), remember_device: true }, { token: first.pending.token })
}

chronicle('signing in', { preset: 'manufacturing' }, async (story) => {
  const { about, api, types, clock, codeFor, pump, set } = story
  about('By a sent code')
  await api('POST /login', { username: 'kim', password: 'wrong' }, { token: null })
  await api('POST /login', { username: 'nobody', password: 'wrong' }, { token: null })
  await api('POST /login', { username: 'kim' }, { token: null })
  await api('POST /login', { username: 'kim', password: 'kim-demo-password', application: 'nothing' }, { token: null })
  const first = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  const token = { token: first.pending.token as string }
  await pump()
  await api('POST /login/verify', { code: '000000' }, token)
  await api('POST /login/send', {}, token)
  clock.pass(31_000)
  await api('POST /login/send', { channel: 'email' }, token)
  await api('POST /login/send', { channel: 'sms' }, token)
  await pump()
  await api('POST /login/verify', { code: '12' }, token)
  await api('POST /login/verify', { code: '111111' }, token)
  await api('POST /login/verify', { code: '222222' }, token)
  const kim = await api('POST /login/verify', { code: codeFor('kim'), remember_device: true }, token)
  await api('POST /login/verify', { code: codeFor('kim') }, token)
  await api('GET /session', undefined, { token: kim.session?.token })
  await api('GET /session', undefined, { token: 'nothing' })

  about('The remembered device')
  const again = await api(
    'POST /login',
    { username: 'kim', password: 'kim-demo-password', device_token: kim.device_token },
    { token: null },
  )
  await api('GET /users/kim/devices')
  await api('GET /users/kim/sessions')
  await api('GET /users/kim/authenticators')
  await api('GET /sessions?limit=1')
  clock.pass(8 * 86_400_000)
  await api(
    'POST /login',
    { username: 'kim', password: 'kim-demo-password', device_token: kim.device_token },
    { token: null },
  )
  await api('DELETE /users/kim/devices/dev_nothing')
  await api('DELETE /users/kim/devices')

  about('A fresh proof')
  const fresh = await signsIn(story, 'kim')
  clock.pass(3_600_000)
  await api('POST /session/step-up', {}, { token: fresh.session?.token })
  const step = await api('POST /session/step-up', {}, { token: again.session?.token ?? fresh.session?.token })
  await pump()
  if (step.pending) await api('POST /login/verify', { code: codeFor('kim') }, { token: step.pending.token })
  await api('DELETE /users/kim/sessions/ses_nothing')
  await api('DELETE /session', undefined, { token: fresh.session?.token })
  await api('GET /session', undefined, { token: fresh.session?.token })
  await api('DELETE /users/kim/sessions?devices=true')
  await types('sessions list --site acme')

  about('An app is set up')
  await set({ 'methods.allowed': ['app', 'email', 'recovery'], 'enrolment.channel': 'screen' })
  const sam = await api('POST /login', { username: 'sam', password: 'sam-demo-password' }, { token: null })
  await api('POST /login/enrol', {}, { token: sam.pending?.token })
  await api('POST /login/enrol/confirm', { code: '000000' }, { token: sam.pending?.token })
  await set({ 'methods.allowed': ['app'] })
  const op = await api('POST /login', { username: 'op', password: 'op-demo-password' }, { token: null })
  await api('POST /login/enrol', {}, { token: op.pending?.token })
  await api('POST /login/enrol/confirm', { code: '000000' }, { token: op.pending?.token })
  clock.pass(300_000)
  await api('POST /login/enrol/confirm', { code: '000000' }, { token: op.pending?.token })
  await api('POST /login/enrol', {}, { token: op.pending?.token })
  await set({ 'enrolment.channel': 'email_link' })
  const linked = await api('POST /login', { username: 'op', password: 'op-demo-password' }, { token: null })
  await pump()
  await api('POST /login/enrol', {}, { token: linked.pending?.token })
  await api('POST /login/enrol/link', {}, { token: linked.pending?.token })
  await api('POST /login/enrol', { link: 'wrong' }, { token: linked.pending?.token })
  for (let time = 0; time < 6; time += 1) {
    clock.pass(30_000)
    await api('POST /login/enrol/link', {}, { token: linked.pending?.token })
  }
  await pump()
  const [message] = story.messages('email')
  const link = /enrol\/([\w-]+)/.exec(message?.text ?? '')?.[1] ?? 'none'
  await api('POST /login/enrol', { link }, { token: linked.pending?.token })

  about('The code goes out when the password was typed twice')
  await set({ 'methods.allowed': ['email'], 'delivery.send_on': 'second_attempt' })
  clock.pass(3_600_000)
  const once = { username: 'sam', password: 'sam-demo-password' }
  await api('POST /login', once, { token: null })
  await api('POST /login', { ...once, password: 'wrong' }, { token: null })
  await api('POST /login', once, { token: null })
  await pump()
  await api('POST /challenges', { username: 'sam' })
  clock.pass(3_600_000)
  await api('POST /login', once, { token: null })
  clock.pass(600_000)
  await api('POST /login', once, { token: null })
  clock.pass(3_600_000)
  await api('POST /login', once, { token: null })
  clock.pass(600_001)
  await api('POST /login', once, { token: null })
  await set({ 'delivery.send_on': null })

  about('Guessing')
  await set({ 'methods.allowed': ['email'], 'lock.after': 4, 'code.max_attempts': 3 })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const tried = await api('POST /login', { username: 'root', password: 'root-demo-password' }, { token: null })
    await pump()
    if (!tried.pending) continue
    for (const code of ['000001', '000002', '000003'])
      await api('POST /login/verify', { code }, { token: tried.pending.token })
  }
  await api('POST /login', { username: 'root', password: 'root-demo-password' }, { token: null })
  await api('GET /users/root/authenticators')
  await api('POST /users/root/unlock', { reason: 'called and was known' })
  await api('POST /users/root/unlock')
  await api('POST /users/nobody/unlock')
  for (let guess = 0; guess < 12; guess += 1)
    await api('POST /login', { username: 'op', password: `guess ${guess}` }, { token: null })

  about('Nothing is set up')
  await set({ 'delivery.when_unconfigured': 'allow' })
  await story.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  clock.pass(3_600_000)
  await signsIn(story, 'op')
  await api('POST /explain', { username: 'op' })
  await set({ 'delivery.when_unconfigured': 'block' })
  await signsIn(story, 'op')
  await set({ 'delivery.when_unconfigured': 'enrol_app' })
  await signsIn(story, 'op')
  await api('POST /login', { username: 'svc', password: 'svc-demo-password' }, { token: null })
  await api('POST /login', { username: 'web', password: 'web-demo-password' }, { token: null })
  await set({ 'two_factor.enabled': false })
  await signsIn(story, 'op')
  await types('sessions clear --site acme')
  await api('GET /audit?limit=3')
  await api('GET /audit?action=auth.challenge.fail&target=root&limit=2')
  await api('GET /audit?actor=kim&from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00Z&limit=5')
  await api('GET /audit?action=nothing')
  await api('GET /reports/activity?days=14')
  await api('GET /reports/adoption?format=csv')
  await api('GET /reports/delivery')
})
