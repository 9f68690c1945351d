import { chronicle } from './chronicle.ts'

chronicle('addresses', { preset: 'scheduling' }, async ({ about, api, types, pump }) => {
  about('An address of somebody who has signed in waits until it is proved')
  await api('PUT /users/kim/applications/web', { two_factor: false })
  await api('PATCH /users/kim', { two_factor_sms: false })
  await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  for (const change of [
    { email: 'kim@new.test' },
    { email: 'kim@newer.test', phone: '+4915112345678' },
    { email: 'kim@acme.test' },
    { phone: null },
    { phone: '+4915112345679' },
    { email: null },
    { email: 'kim@acme.test' },
    { email: 'kim@acme.test', phone: null },
  ]) {
    await api('PATCH /users/kim', change)
    await pump()
  }
  await api('GET /users/kim')
  await types('users show kim --site acme')
  await api('PATCH /users/kim', { two_factor_sms: true, email: 'kim@acme.test', phone: '+4915550100003' })
})
