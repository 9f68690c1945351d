import { examineSite } from '#usecases/examine-site.ts'
import { chronicle } from './chronicle.ts'

chronicle('switching on', { preset: 'manufacturing' }, async (story) => {
  const { about, api, types, does, set, mailbox, clock, pump, codeFor, messages } = story
  const examined = (when: string) => does(`doctor looks: ${when}`, () => examineSite(story.ports, 'acme'))
  const smtp = { kind: 'smtp', host: '127.0.0.1', port: 465, tls: 'implicit', from: 'login@example.com' }
  await set({ 'two_factor.enabled': false, 'delivery.when_unconfigured': 'block' })

  about('A password is enough to prove oneself anew')
  const inside = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  const kim = { token: inside.session?.token ?? 'none' }
  clock.pass(1_000_000)
  await api('POST /session/step-up', {}, kim)
  await api('POST /session/step-up', { password: 'wrong' }, kim)
  const renewed = await api('POST /session/step-up', { password: 'kim-demo-password' }, kim)
  await api('GET /session', undefined, kim)
  await api('GET /session', undefined, { token: renewed.session?.token })
  await api('POST /session/step-up', { password: 'kim-demo-password' }, { token: 'st_nothing' })

  about('With a channel that nobody has proved')
  await api('PUT /delivery/channels/email', smtp)
  await examined('a channel of the site')
  await pump()
  await examined('after it failed')
  await api('PATCH /settings', { 'two_factor.enabled': true })
  await types('set-config enable_two_factor_auth true --site acme')
  await types('preview enable_two_factor_auth true --site acme')
  await api('POST /settings/preset', { name: 'manufacturing' })
  await api('PATCH /settings', { 'methods.allowed': ['app', 'email'] })
  await types('set-config enable_two_factor_auth true --acknowledge --site acme')
  await set({ 'two_factor.enabled': false })
  await types('channels unset email --at-once --site acme')

  about('Without one')
  await mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  await api('PATCH /settings', { 'two_factor.enabled': true })
  await api('PATCH /settings?acknowledge=true', { 'two_factor.enabled': true })
  await api('PATCH /settings', { 'two_factor.enabled': true, 'delivery.when_unconfigured': 'allow' })
  await api('PATCH /settings?reason=for%20a%20trial', {
    'two_factor.enabled': true,
    'delivery.when_unconfigured': 'allow',
  })
  await examined('no channel at all')
  await set({ 'delivery.when_unconfigured': 'block' })
  await examined('no channel, and nobody is let in')
  await set({ 'delivery.when_unconfigured': 'enrol_app', 'methods.allowed': ['app', 'email'] })
  await examined('no channel, and an app is set up instead')
  await api('GET /users?standing=must_enrol')
  await api('GET /users?standing=ready&limit=1')
  await set({ 'delivery.when_unconfigured': 'allow' })
  await api('PATCH /settings', { 'methods.allowed': ['sms'] })
  await api('POST /settings/preset', { name: 'scheduling' })
  await types('preset scheduling --dry-run --site acme')
  await types('preset scheduling --site acme')
  await api('GET /reports/overview')

  about('With one that works')
  await mailbox.setBehaviour({ email: 'ok', sms: 'ok' })
  await api('POST /delivery/test', { channel: 'email', to: 'root@acme.test' })
  await api('POST /delivery/test/confirm', { code: /\b\d{6}\b/.exec(messages('email')[0]?.text ?? '')?.[0] ?? 'none' })
  await examined('a proved channel')
  clock.pass(7_200_000)
  await examined('two hours later, unsealed')
  await api('POST /settings/preset', { name: 'manufacturing' })
  await api('GET /reports/overview')
  const begun = await api('POST /login', { username: 'root', password: 'root-demo-password' }, { token: null })
  await pump()
  await api('POST /login/verify', { code: codeFor('root') }, { token: begun.pending?.token })
  await api('GET /reports/overview')

  about('What a gateway says')
  const http = { kind: 'http', url: 'http://127.0.0.1:1/send', message_parameter: 'text', receiver_parameter: 'to' }
  const receipts = { reference: 'ref', status: 'stat', delivered: ['OK'], failed: ['NO'], reason: 'err' }
  const saved = await api('PUT /delivery/channels/sms', { ...http, reference_parameter: 'ref', receipts })
  const door = `/delivery/receipts/sms/${String(saved.receipts_url).split('/').at(-1)}`
  await api(`GET ${door}?ref=none&stat=OK`, undefined, { token: null })
  await api(`POST ${door}`, { ref: 'none', stat: 'NO', err: 'out of range' }, { token: null })
  await api(`POST ${door}`, { stat: 'OK' }, { token: null })
  await api('GET /delivery/receipts/sms/nothing?ref=none&stat=OK', undefined, { token: null })
})
