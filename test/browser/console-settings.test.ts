import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { administrator, look } from './console-look.ts'
import { api, isDrawn } from './console-person.ts'
import { readCode } from './person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('[S0.4] [S4.5] [S2.8] the switch stands under System, method, QR code and issuer under Login, the app recommended', {
  skip,
}, async (t) => {
  const page = await administrator(t, stage, '/settings')
  const own = page.locator('section', { has: page.getByRole('heading', { name: 'Email two-factor authentication' }) })
  assert.ok(await own.getByRole('switch', { name: 'Ask for a second factor' }).isChecked())
  assert.equal(await own.getByRole('textbox', { name: 'Hours between challenges' }).inputValue(), '168')
  await page.getByRole('tab', { name: 'Login' }).click()
  const login = page.locator('section', {
    has: page.getByRole('heading', { name: 'Two-factor authentication', exact: true }),
  })
  await login.getByRole('checkbox', { name: /Authenticator app · recommended/ }).waitFor()
  await login.getByRole('textbox', { name: 'Seconds the QR code is valid' }).waitFor()
  await login.getByRole('textbox', { name: 'Issuer name in the app' }).waitFor()
  await page.getByRole('link', { name: 'Manual: Issuer name in the app' }).click()
  await page.getByRole('heading', { name: 'Manual of the settings' }).waitFor()
  assert.match(page.url(), /#otp\.issuer$/)
})

test('saving shows first whom it newly asks and who could not pass, as a file too; another one’s save is told and nothing is lost', {
  skip,
}, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/settings?tab=login')
  await page.getByRole('checkbox', { name: /Authenticator app/ }).check()
  await page.getByRole('checkbox', { name: 'Email', exact: true }).uncheck()
  await page.getByRole('button', { name: 'Review and save' }).click()
  const dialog = page.getByRole('dialog', { name: 'What this changes' })
  await dialog.getByText(/sign-ins could not pass yet/).waitFor()
  await dialog
    .getByText(/no authenticator app yet/)
    .first()
    .waitFor()
  await look(page, 'preview')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'This list as CSV' }).click(),
  ])
  assert.match(
    await readFile(await file.path(), 'utf8'),
    /^username,display_name,.*\r\n(?:.*\r\n)*kim,Kim,web,false,nothing_enrolled/,
  )

  await api(demo, 'PATCH /settings', { 'otp.issuer': 'Somebody else' })
  await dialog.getByRole('button', { name: 'Save all the same' }).click()
  await dialog.getByText('Somebody else saved in between').waitFor()
  await isDrawn(page)
  await dialog.getByRole('button', { name: 'Save all the same' }).click()
  await page.getByText('Saved.').waitFor()
  const { settings } = await api(demo, 'GET /settings/manual')
  const value = (key: string) => settings.find((each: { key: string }) => each.key === key)
  assert.deepEqual(value('methods.allowed').value, ['app'])
  assert.equal(value('methods.allowed').changed.by, 'root')
  assert.equal(value('otp.issuer').value, 'Somebody else')
  await page.getByText(/Changed by root/).waitFor()
  await api(demo, 'PATCH /settings', { 'methods.allowed': ['email'] })
})

test('bad input is answered at its field, and a lost connection loses nothing that was typed', { skip }, async (t) => {
  const page = await administrator(t, stage, '/settings?tab=login')
  const issuer = page.getByRole('textbox', { name: 'Issuer name in the app' })
  await issuer.fill('x'.repeat(61))
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByText(/Too big|at most 60|<=60/).waitFor()
  assert.equal(await issuer.getAttribute('aria-invalid'), 'true')
  await issuer.fill('Acme of the harbour')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByText('What you typed is still here').waitFor()
  assert.equal(await issuer.inputValue(), 'Acme of the harbour')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('button', { name: 'Save these changes' }).click()
  await page.getByText('Saved.').waitFor()
  assert.equal((await api(stage.demo, 'GET /settings'))['otp.issuer'], 'Acme of the harbour')
})

test('a change that wants a fresh proof asks for it and then goes on', { skip }, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/roles')
  // Fifteen minutes cannot pass here: the first answer is what the server says after them, and everything else is the server's own.
  await page.route(
    '**/api/v1/roles/All',
    async (route) => {
      const body = { code: 'step_up_required', status: 403, title: 'Prove it anew', detail: 'Too old.' }
      await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(body) })
    },
    { times: 1 },
  )
  await page.getByRole('switch', { name: 'Second factor required of All' }).press('Space')
  const dialog = page.getByRole('dialog', { name: 'Prove that it is you' })
  await dialog.getByText(/We sent a code to r•••@acme\.test/).waitFor()
  await look(page, 'step-up')
  await dialog.getByLabel('Security code').fill(await readCode(page, demo, /email to root@/))
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Saved.').waitFor()
  const { items } = await api(demo, 'GET /roles')
  assert.equal(items.find((role: { name: string }) => role.name === 'All').two_factor_auth, true)
})

test('[S0.20] the delivery page sends a test mail step by step and lists whose address is missing or bad', {
  skip,
}, async (t) => {
  const { demo } = stage
  await api(demo, 'PATCH /users/web', { email: null })
  const page = await administrator(t, stage, '/settings?tab=delivery')
  await page.getByText('Web Customer').waitFor()
  await page.getByText('no email address').waitFor()
  await page.getByRole('button', { name: 'Email: send a test' }).click()
  const dialog = page.getByRole('dialog', { name: 'Email: send a test' })
  await dialog.getByLabel('To the address').fill('nobody')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await dialog.locator('.mantine-InputWrapper-error').waitFor()
  await dialog.getByLabel('To the address').fill('probe@acme.test')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await dialog.getByText('The message was handed over').waitFor()
  await look(page, 'test of a channel')
  await dialog.getByLabel('Code of the test message').fill(await readCode(page, demo, /email to probe@/))
  await dialog.getByRole('button', { name: 'It has arrived' }).click()
  await page.getByText('The channel is proved').waitFor()
  await page.getByText(/Proved by root/).waitFor()
})

test('[FO-08] a channel that is to be taken away says by whom and when, and is kept with one press', {
  skip,
}, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/settings?tab=delivery')
  // Asked for only now: the notice of it would be the newest message, where the code of the sign-in is looked for.
  await api(demo, 'PUT /delivery/channels/email', { kind: 'off' })
  await page.reload()
  await page.getByText(/asked to take it away\. It goes /).waitFor()
  await look(page, 'a channel that is to go')
  await page.getByRole('button', { name: 'Keep Email' }).click()
  await page.getByText(/asked to take it away/).waitFor({ state: 'detached' })
  assert.equal((await api(demo, 'GET /delivery/channels/email')).removal, null)
})

test('a preset shows what it would change and whom that reaches before anything is saved', { skip }, async (t) => {
  const page = await administrator(t, stage, '/settings?tab=presets')
  await page.getByRole('button', { name: 'ERP: Show what it would change' }).click()
  const dialog = page.getByRole('dialog', { name: 'What this changes' })
  await dialog.getByRole('rowheader', { name: 'Allowed methods' }).waitFor()
  const before = await api(stage.demo, 'GET /settings')
  // It would change what happens without a channel, and that is not done without a word.
  const save = dialog.getByRole('button', { name: /^Save/ })
  assert.equal(await save.isDisabled(), true)
  await dialog.getByLabel('Why does it change?').fill('we move to apps')
  assert.equal(await save.isDisabled(), false)
  await look(page, 'the reason of a change')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  assert.deepEqual(await api(stage.demo, 'GET /settings'), before)
})
