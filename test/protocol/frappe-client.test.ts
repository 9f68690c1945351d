import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { FrappeApp } from 'frappe-js-sdk'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import type { WorldOptions } from '../world.ts'
import { protectedWorld } from './protected-world.ts'

// A client that nobody here wrote, over a real socket. It has no cookies of its own outside of a browser, so it is given a jar.

async function client(t: TestContext, options: WorldOptions = {}) {
  const at = await protectedWorld(t, options)
  const listening = await at.server.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => listening.close())
  const app = (token?: string) => {
    const place = `http://localhost:${listening.port}/acme`
    const made =
      token === undefined
        ? new FrappeApp(place)
        : new FrappeApp(place, { useToken: true, token: () => token, type: 'token' })
    let cookie = ''
    made.axios.interceptors.request.use((config) => {
      config.headers.set('host', 'localhost:4180')
      if (cookie !== '') config.headers.set('cookie', cookie)
      return config
    })
    made.axios.interceptors.response.use((answer) => {
      const [set] = answer.headers['set-cookie'] ?? []
      if (set !== undefined) cookie = set.split(';')[0] ?? ''
      return answer
    })
    return made.auth()
  }
  return { ...at, app }
}

test('[S4.20] a Frappe client signs in with password and app, asks who it is, and signs out', async (t) => {
  const at = await client(t, { preset: 'erp' })
  const secret = await withApp(at, 'kim')
  const auth = at.app()
  await assert.rejects(auth.getLoggedInUser(), { httpStatus: 403 })
  const asked = await auth.loginWithUsernamePassword({ username: 'kim', password: 'kim-demo-password' })
  assert.deepEqual(asked.verification, { method: 'OTP App', setup: true })
  const tmp_id = asked.tmp_id ?? ''
  await assert.rejects(auth.loginWithUsernamePassword({ otp: wrongAppCode(at, secret), tmp_id }), { httpStatus: 401 })
  const signedIn = await auth.loginWithUsernamePassword({ otp: appCode(at, secret), tmp_id })
  assert.deepEqual(signedIn, { message: 'Logged In', home_page: '/app', full_name: 'Kim' })
  assert.equal(await auth.getLoggedInUser(), 'kim')
  await auth.logout()
  await assert.rejects(auth.getLoggedInUser(), { httpStatus: 403 })
})

test('a Frappe client is told of a wrong password, and a key speaks for its account', async (t) => {
  const at = await client(t, { preset: 'erp' })
  const wrong = at.app().loginWithUsernamePassword({ username: 'kim', password: 'wrong' })
  await assert.rejects(wrong, { httpStatus: 401, exc_type: 'AuthenticationError' })
  assert.equal(await at.app(`svc:${at.keys.service}`).getLoggedInUser(), 'svc')
})
