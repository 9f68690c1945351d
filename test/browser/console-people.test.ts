import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { administrator, look } from './console-look.ts'
import { api, goTo, openConsole } from './console-person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('[S0.14] [S0.21] beside an exemption stands what it costs; many of them raise a notice that leads to their list', {
  skip,
}, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/users/op')
  await page.getByText('What it costs: with the password alone nobody can say who was at the keyboard').waitFor()
  await page.getByRole('button', { name: 'Exempt from the second factor' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('What it costs').waitFor()
  await dialog.getByRole('radio', { name: 'Another reason' }).check()
  await dialog.getByRole('button', { name: 'Exempt from the second factor' }).click()
  await dialog.locator('.mantine-InputWrapper-error').waitFor()
  await dialog.getByRole('textbox', { name: 'In your words' }).fill('Terminal at the packing line')
  await dialog.getByRole('button', { name: 'Exempt from the second factor' }).click()
  await page.getByText('Terminal at the packing line').waitFor()
  await page.getByText('An administrator has exempted this user.').waitFor()
  assert.equal((await api(demo, 'GET /users/op')).bypass.note, 'Terminal at the packing line')

  await goTo(page, 'Overview')
  const notice = page.locator('.told', { hasText: 'an account for each of them is better than an exemption' })
  await notice.getByRole('link', { name: 'Look' }).click()
  await page.getByRole('cell', { name: 'Operator op' }).waitFor()
  assert.match(page.url(), /users\?show=exempt$/)
  assert.equal(await page.getByRole('row').count(), 2)
})

test('[S1.11] the switches stand on the page of the user, and what they do is explained at once', {
  skip,
}, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/users/sam')
  await demo.set({ 'two_factor.require_all': false })
  t.after(() => demo.set({ 'two_factor.require_all': true }))
  await page.reload()
  await page.getByText('The password is enough').waitFor()
  assert.equal(await page.getByRole('switch', { name: 'Codes by email' }).isChecked(), false)
  await page.getByRole('switch', { name: 'Codes by SMS' }).waitFor()
  await page.getByRole('switch', { name: 'Codes by email' }).press('Space')
  await page.getByText('A second factor is asked for').waitFor()
  const { two_factor_email: email, two_factor_sms: sms } = await api(demo, 'GET /users/sam')
  assert.deepEqual([email, sms], [true, false])
  await page.getByLabel('From address').fill('nowhere')
  await page.getByRole('button', { name: 'What if' }).click()
  await page.getByText('is not an IP address').waitFor()
  await page.getByLabel('From address').fill('203.0.113.9')
  await page.getByRole('button', { name: 'What if' }).click()
  await page.getByText('is not an IP address').waitFor({ state: 'detached' })
})

test('[S3.1] [S3.2] [S3.18] the settings symbol opens a dialog of three tabs, for those who may change settings', {
  skip,
}, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/two-factor')
  const symbol = page.getByRole('button', { name: 'Settings of two-factor authentication' })
  const box = await symbol.boundingBox()
  assert.ok(box && box.x > 900 && box.y < 160, 'at the top right')
  await symbol.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('First channel', { exact: true }).waitFor()
  assert.deepEqual(await dialog.getByRole('tab').allInnerTexts(), ['General settings', 'Default settings', 'Audit log'])
  await dialog.getByLabel('First channel', { exact: true }).waitFor()
  await dialog.getByLabel('Name', { exact: true }).waitFor()
  await look(page, 'general settings')
  await dialog.getByRole('tab', { name: 'Default settings' }).click()
  await dialog.getByRole('switch', { name: 'New users get a second factor at Web' }).press('Space')
  await page.getByText('Saved.').waitFor()
  const { items } = await api(demo, 'GET /applications')
  assert.equal(items[0].default_for_new_users, true)
  await dialog.getByRole('tab', { name: 'Audit log' }).click()
  await dialog
    .getByRole('cell', { name: /Application changed/ })
    .first()
    .waitFor()
  assert.deepEqual(await dialog.getByRole('columnheader').allInnerTexts(), ['User', 'Action', 'Time'])
  await look(page, 'audit tab')

  await api(demo, 'POST /users', {
    username: 'aud',
    password: 'aud-demo-password',
    email: 'aud@acme.test',
    roles: ['Auditor'],
  })
  const reader = await (await stage.person(t, { scripts: true, asks: true })).newPage()
  await openConsole(reader, { ...demo, passwordOf: (name) => `${name}-demo-password` }, '/two-factor', 'aud')
  await reader.getByRole('cell', { name: 'Kim kim' }).waitFor()
  assert.equal(await reader.getByRole('button', { name: 'Settings of two-factor authentication' }).count(), 0)
  assert.ok(await reader.getByRole('switch', { name: 'Second factor of kim at Web' }).isDisabled())
})

test('a switch in the table acts at once, and the table says what was sent and what is missing', {
  skip,
}, async (t) => {
  const { demo } = stage
  await api(demo, 'PATCH /users/web', { email: null })
  const page = await administrator(t, stage, '/two-factor')
  await page.getByRole('img', { name: 'No email address' }).waitFor()
  const track = await page.getByRole('switch', { name: 'Second factor of kim at Web' }).boundingBox()
  assert.ok(track)
  await page.mouse.click(track.x + track.width / 2, track.y + track.height / 2)
  await page.getByText('Saved.').waitFor()
  assert.equal((await api(demo, 'GET /users/kim')).applications.web.two_factor, true)
  await page.getByRole('link', { name: 'Profile of kim' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kim' }).waitFor()
})
