import { chronicle } from './chronicle.ts'

chronicle('messages', { preset: 'fleet' }, async ({ about, api, types, clock, pump, messages, set, mailbox }) => {
  about('Channels')
  await api('GET /delivery/channels')
  await api('GET /delivery/channels/email')
  await api('GET /delivery/channels/pigeon')
  await api('PUT /delivery/channels/email', {
    kind: 'smtp',
    host: '127.0.0.1',
    port: 465,
    tls: 'implicit',
    from: 'login@example.com',
    user: 'login',
    password: 'secret of the mail',
  })
  await api('PUT /delivery/channels/email', {
    kind: 'smtp',
    host: '127.0.0.1',
    port: 465,
    tls: 'implicit',
    from: 'login@example.com',
    user: 'login',
  })
  await api('PUT /delivery/channels/email', {
    kind: 'smtp',
    host: '127.0.0.2',
    port: 465,
    tls: 'implicit',
    from: 'login@example.com',
    user: 'login',
  })
  await api('PUT /delivery/channels/email', { kind: 'smtp', host: '127.0.0.1' })
  await api('PUT /delivery/channels/email', { kind: 'twilio' })
  await api('PUT /delivery/channels/sms', {
    kind: 'http',
    url: 'http://127.0.0.1:1/send',
    message_parameter: 'text',
    receiver_parameter: 'to',
    parameters: [{ name: 'key', value: 'k' }],
  })
  await api('PUT /delivery/channels/sms', {
    kind: 'http',
    url: 'http://127.0.0.1:1/send',
    message_parameter: 'text',
    receiver_parameter: 'to',
  })
  await api('PUT /delivery/channels/sms', {
    kind: 'twilio',
    account_sid: 'AC1',
    auth_token: 'token',
    from: '+4915112345678',
  })
  await api('GET /delivery/channels/sms')
  await types('channels list --site acme')
  await types('channels show email --site acme')
  await types('channels set sms --file - --site acme', '{"kind":"captured"}')
  await types('channels set sms --file - --site acme', '{"kind":')
  await api('PUT /delivery/channels/sms', { kind: 'off' })
  await api('DELETE /delivery/channels/sms')
  await api('DELETE /delivery/channels/sms')
  await types('channels keep sms --site acme')
  await api('DELETE /delivery/channels/email')
  await api('DELETE /delivery/channels/email/removal')
  await api('DELETE /delivery/channels/email/removal')
  await types('channels off email --site acme')
  await types('channels unset email --at-once --site acme')
  await types('channels unset email --at-once --site acme')

  about('A test message')
  await api('POST /delivery/test', { channel: 'email', to: 'root@acme.test' })
  const [sent] = messages('email')
  const code = /\b\d{6}\b/.exec(sent?.text ?? '')?.[0] ?? '000000'
  await api('POST /delivery/test/confirm', { code: '000000' })
  await api('POST /delivery/test/confirm', { code })
  await api('POST /delivery/test/confirm', { code })
  clock.pass(9_999)
  await api('POST /delivery/test', { channel: 'email', to: 'root@acme.test' })
  clock.pass(1)
  await api('POST /delivery/test', { channel: 'email', to: 'root@acme.test' })
  clock.pass(599_999)
  await api('POST /delivery/test/confirm', { code: '000000' })
  clock.pass(1)
  await api('POST /delivery/test/confirm', { code: '000000' })
  await api('POST /delivery/test', { channel: 'sms', to: 'not a number' })
  await api('POST /delivery/test', { channel: 'sms', to: '+4915550100003' })
  clock.pass(3_600_000)
  await api('POST /delivery/test/confirm', { code: '123456' })
  await types('delivery test email root@acme.test --site acme')
  await types('delivery confirm 000000 --site acme')
  await api('GET /delivery/health')
  await types('delivery health --site acme')

  about('Our own words')
  await api('GET /delivery/texts')
  await api('PUT /delivery/texts/code/en', {
    subject: '{code} for {site}',
    text: 'Your code for {site} is {code}, {person}, until {until}.',
    sms: '{code} {site}',
  })
  await api('PUT /delivery/texts/code/en', { subject: '{colour}', text: 'no code' })
  await api('PUT /delivery/texts/code/xx', { subject: '{code}' })
  await api('PUT /delivery/texts/notice/en', { subject: '{code}' })
  await api('POST /delivery/texts/code/en/preview', {})
  await api('POST /delivery/texts/code/de/preview', { subject: 'Ihr Code: {code}', text: 'Code {code}', sms: '{code}' })
  await api('POST /delivery/texts/code/de/preview', { text: 'nothing' })
  await types('texts list --site acme')
  await types('texts preview code --language en --site acme')
  await api('PUT /users/kim/applications/web', { two_factor: true })
  await api('POST /challenges', { username: 'kim' })
  await pump()
  await api('DELETE /delivery/texts/code/en')
  await api('DELETE /delivery/texts/code/en')

  about('Messages that go wrong')
  await set({ 'methods.allowed': ['email', 'sms'], 'delivery.max_sends_per_user_hour': 3 })
  await api('PUT /users/kim/applications/web', { two_factor: true })
  for (let time = 0; time < 5; time += 1) {
    const asked = await api('POST /challenges', { username: 'kim' })
    await pump()
    if (asked.pending) await api('POST /login/send', { channel: 'email' }, { token: asked.pending.token })
    clock.pass(40_000)
    await pump()
  }
  for (const behaviour of ['reject', 'unconfigured', 'ok'] as const) {
    await mailbox.setBehaviour({ email: behaviour })
    clock.pass(7_200_000)
    const asked = await api('POST /login', { username: 'root', password: 'root-demo-password' }, { token: null })
    await pump()
    clock.pass(90_000)
    await pump()
    if (asked?.pending) await api('POST /login/send', {}, { token: asked.pending.token })
    await pump()
    await api('GET /delivery/health')
    await types('delivery test email root@acme.test --site acme')
  }
  await mailbox.setBehaviour({ email: 'reject', sms: 'reject' })
  await api('POST /users/root/reset-password')
  await pump()
  clock.pass(3_600_000)
  await pump()
  await api('GET /reports/overview')
  await api('GET /reports/delivery')
  await api('GET /reports/delivery?format=csv')
  await types('reports delivery --site acme')
  clock.pass(86_400_000)
  await pump()
  await api('GET /delivery/health')
})
