import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOTP, Secret as OtpSecret } from 'otpauth'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { minutes, seconds } from '#domain/time.ts'
import { changeUser } from '#usecases/users.ts'
import { opened, otherThan, requestCode, rows, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, type World } from '../world.ts'

/** The site asks for the password twice before it sends (S4.21): this is both times. */
async function passwordTwice(at: World, username: string): Promise<string> {
  assert.equal((await at.password(username)).kind, 'password-again')
  return waiting(await at.password(username))
}

async function counters(at: World, username: string) {
  const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(file)
  return file
}

test('[S4.7] sent codes are HOTP values of a secret of the user and a counter, and each counter is used once', async (t) => {
  const at = await siteFor(t, 'retail')
  await at.set({ 'methods.allowed': ['sms', 'email'], 'delivery.max_sends_per_user_hour': 100 })
  const codes: string[] = []
  for (let count = 0; count < 12; count += 1) {
    const pending = await passwordTwice(at, 'kim')
    codes.push(at.codeFor('kim'))
    // A resend and a sign-in that is given up use no counter twice either.
    at.clock.pass(seconds(30))
    if (count % 3 === 0) assert.equal((await requestCode(at, pending)).kind, 'sent')
    if (count % 2 === 0) opened(await type(at, pending, at.codeFor('kim')))
  }
  const file = await counters(at, 'kim')
  const sealed = file.counters.sealedCodeSecret
  assert.ok(sealed !== null)
  const bytes = at.ports.vault.open(sealed, `codes:${file.user.id}`)
  assert.equal(bytes.length, 20)
  const generator = new HOTP({
    secret: new OtpSecret({ buffer: new Uint8Array(bytes).buffer }),
    algorithm: 'SHA1',
    digits: 6,
  })
  assert.deepEqual(
    codes,
    codes.map((_, counter) => generator.generate({ counter })),
  )
  assert.equal(file.counters.nextCounter, 12)
})

test('[S4.8] under email and SMS the code goes to the mobile number if there is one, else to the mailbox', async (t) => {
  const at = await siteFor(t, 'retail')
  await at.set({ 'methods.allowed': ['email', 'sms'] })
  opened(await type(at, await passwordTwice(at, 'kim'), at.codeFor('kim', 'sms')))
  assert.deepEqual(
    at.messages().map(({ channel }) => channel),
    ['sms'],
  )

  const noPhone = { ...ADMIN, site: DEMO_SITE, username: 'sam', fields: { phone: null } }
  assert.equal((await changeUser(at.ports, noPhone)).kind, 'saved')
  opened(await type(at, await passwordTwice(at, 'sam'), at.codeFor('sam', 'email')))
  assert.deepEqual(
    at.messages().map(({ channel }) => channel),
    ['email', 'sms'],
  )
})

test('[S4.21] the first right password sends nothing and says so; the second one within ten minutes sends one code', async (t) => {
  const at = await siteFor(t, 'retail')
  await at.set({ 'methods.allowed': ['sms', 'email'] })
  assert.equal((await at.password('kim')).kind, 'password-again')
  assert.equal(at.messages().length, 0)
  assert.equal((await rows(at, 'auth.password.again')).length, 1)

  at.clock.pass(minutes(10))
  const pending = waiting(await at.password('kim'))
  assert.equal(at.messages().length, 1)
  opened(await type(at, pending, at.codeFor('kim')))

  // The next sign-in begins with a first password again.
  assert.equal((await at.password('kim')).kind, 'password-again')
})

test('[S4.21] after more than ten minutes a right password is a first one again', async (t) => {
  const at = await siteFor(t, 'retail')
  await at.set({ 'methods.allowed': ['sms', 'email'] })
  assert.equal((await at.password('kim')).kind, 'password-again')
  at.clock.pass(minutes(10) + 1)
  assert.equal((await at.password('kim')).kind, 'password-again')
  assert.equal(at.messages().length, 0)
  waiting(await at.password('kim'))
  assert.equal(at.messages().length, 1)
})

test('[S4.21] a wrong password in between does not count, nor does the right one of somebody else', async (t) => {
  const at = await siteFor(t, 'retail')
  await at.set({ 'methods.allowed': ['sms', 'email'] })
  assert.equal((await at.password('kim', { password: 'not hers' })).kind, 'invalid-credentials')
  assert.equal((await at.password('kim')).kind, 'password-again')
  assert.equal((await at.password('kim', { password: 'not hers' })).kind, 'invalid-credentials')
  assert.equal((await at.password('sam')).kind, 'password-again')
  assert.equal(at.messages().length, 0)

  const pending = waiting(await at.password('kim'))
  assert.equal(at.messages().length, 1)
  assert.equal((await type(at, pending, otherThan(at.codeFor('kim')))).kind, 'refused')
})

test('[S4.21] where the app answers, one password is enough', async (t) => {
  const at = await siteFor(t, 'retail')
  waiting(await at.password('kim'))
})
