import { codeOf } from '../phone.ts'
import { RP } from '../passkey-world.ts'
import { softPasskey } from '../soft-passkey.ts'
import { chronicle } from './chronicle.ts'
import { secretOn } from './seen.ts'

interface Creation {
  readonly challenge: string
  readonly user: { readonly id: string }
}

/** What the page gives to the browser. */
function optionsOn(page: string): Creation {
  const found = /data-options="([^"]+)"/.exec(page)?.[1] ?? '{}'
  return JSON.parse(found.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Creation
}

chronicle('passkeys', { preset: 'manufacturing' }, async (story) => {
  const { about, api, clock, pump, codeFor, set } = story
  await set({ 'methods.allowed': ['app', 'passkey', 'recovery', 'email'], 'challenge.interval_hours': 0 })
  await api('PATCH /users/kim', { display_name: '' })
  about('A passkey is made')
  const kim = story.browser()
  await kim.go('POST /login', { username: 'kim', password: 'kim-demo-password' })
  await pump()
  await kim.go('POST /login/code', { login: kim.login(), code: codeFor('kim') })
  await kim.go('GET /account/passkey')
  const key = softPasskey(RP)
  const made = key.create(optionsOn(kim.page()))
  await kim.go('POST /account/passkey', { passkey: '{"id":"nothing"}', label: 'my key' })
  await kim.go('POST /account/passkey', { passkey: JSON.stringify(made), label: 'my key', others: 'on' })
  await kim.go('POST /account/passkey', { passkey: JSON.stringify(made), label: 'my key' })
  await kim.go('GET /account')
  await api('GET /users/kim/authenticators')
  await set({ 'methods.allowed': ['app', 'recovery', 'email'] })
  await kim.go('GET /account/passkey')
  await kim.go('POST /account/passkey', { passkey: JSON.stringify(made), label: 'my key' })
  await set({ 'methods.allowed': ['app', 'passkey', 'recovery', 'email'] })

  about('It is asked for')
  const first = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
  const token = { token: first.pending?.token }
  const options = async (): Promise<{ readonly challenge: string }> =>
    (await api('POST /login/passkey/options', {}, token)).public_key
  await api('POST /login/verify', { passkey: key.get(await options(), { foreignKey: true }) }, token)
  await api('POST /login/verify', { passkey: key.get(await options(), { origin: 'https://evil.example' }) }, token)
  await api('POST /login/verify', { passkey: { id: 'nothing' } }, token)
  const last = await options()
  const passed = await api('POST /login/verify', { passkey: key.get(last, { flags: { uv: true } }) }, token)
  await api('GET /session', undefined, { token: passed.session?.token })
  await api('POST /login/verify', { passkey: key.get(last) }, token)

  about('Without a password')
  const alone = await api('POST /login/passkey/options', {}, { token: null })
  await api('POST /login/passkey', { passkey: key.get(alone.public_key, { flags: { uv: false } }) }, { token: null })
  const again = await api('POST /login/passkey/options', {}, { token: null })
  await api('POST /login/passkey', { passkey: key.get(again.public_key, { flags: { uv: true } }) }, { token: null })
  await api('POST /login/passkey', { passkey: key.get(again.public_key, { flags: { uv: true } }) }, { token: null })
  const late = await api('POST /login/passkey/options', {}, { token: null })
  clock.pass(600_000)
  await api('POST /login/passkey', { passkey: key.get(late.public_key, { flags: { uv: true } }) }, { token: null })
  const copied = await api('POST /login/passkey/options', {}, { token: null })
  await api(
    'POST /login/passkey',
    { passkey: key.get(copied.public_key, { flags: { uv: true }, counter: 7 }), application: 'web' },
    { token: null },
  )
  const back = await api('POST /login/passkey/options', {}, { token: null })
  await api(
    'POST /login/passkey',
    { passkey: key.get(back.public_key, { flags: { uv: true }, counter: 3 }) },
    { token: null },
  )

  about('Recovery codes')
  await kim.go('POST /login', { username: 'kim', password: 'kim-demo-password' })
  await kim.follow()
  await kim.go('POST /login/send', { login: kim.login(), channel: 'email' })
  await pump()
  await kim.go('POST /login/code', { login: kim.login(), code: codeFor('kim') })
  await kim.go('POST /account/recovery', {})
  const codes = [...kim.page().matchAll(/<li[^>]*>\s*<[^>]+>\s*([\w-]{8,})/g)].map(([, each]) => each ?? '')
  await kim.go('POST /account/recovery/kept', { made: /name="made" value="([^"]+)"/.exec(kim.page())?.[1] ?? '' })
  for (const code of [codes[0] ?? 'AAAA-BBBB-CCCC', codes[0] ?? 'AAAA-BBBB-CCCC', 'WRONG-CODES-HERE']) {
    const begun = await api('POST /login', { username: 'kim', password: 'kim-demo-password' }, { token: null })
    await api('POST /login/verify', { code }, { token: begun.pending?.token })
  }

  about('An app beside it')
  await kim.go('POST /account/app', {})
  await kim.follow()
  const secret = secretOn(kim.page())
  await kim.go('POST /login/code', { login: kim.login(), code: codeOf(secret, clock.now()) })
  const both = await api('GET /users/kim/authenticators')
  for (const { id } of both.items) await api(`DELETE /users/kim/authenticators/${id}`)
  await api('GET /users/kim/authenticators')
  await api('GET /reports/adoption?format=csv')
})
