import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { administrator, look } from './console-look.ts'
import { isDrawn } from './console-person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('the page of a user and the dialogs can be used by everyone', { skip }, async (t) => {
  const page = await administrator(t, stage, '/users/kim')
  await page.getByText('This rule decides').waitFor()
  await isDrawn(page)
  await look(page, 'user')
  await page.getByRole('button', { name: 'Exempt from the second factor' }).click()
  await page.getByRole('dialog').waitFor()
  await look(page, 'exemption')
  await page.goto('/acme/console/users')
  await page.getByRole('button', { name: 'New user' }).click()
  await page.getByRole('dialog').waitFor()
  await look(page, 'new user')
  await page.goto('/acme/console/api-keys')
  await page.getByRole('button', { name: 'New API key' }).click()
  await page.getByRole('dialog').waitFor()
  await look(page, 'new key')
  await page.goto('/acme/console/roles')
  await page.getByRole('button', { name: 'Edit: All' }).click()
  await page.getByRole('dialog').waitFor()
  await look(page, 'role')
  await page.goto('/acme/console/audit')
  await page
    .getByRole('button', { name: /^Details/ })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  await look(page, 'entry of the audit log')
})
