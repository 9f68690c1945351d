import assert from 'node:assert/strict'
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

test('the console speaks Hebrew from right to left, and German', { skip }, async (t) => {
  const page = await administrator(t, stage)
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitem', { name: 'עברית' }).click()
  await page.getByRole('heading', { level: 1, name: 'סקירה' }).waitFor()
  assert.deepEqual(await page.evaluate(`[document.documentElement.dir, document.documentElement.lang]`), ['rtl', 'he'])
  await look(page, 'Hebrew')
  await page.goto('/acme/console/users/kim')
  await page.getByRole('heading', { name: 'למה המשתמש הזה נשאל, או לא?' }).waitFor()
  await isDrawn(page)
  await look(page, 'user in Hebrew')
  await page.getByRole('button', { name: 'שפה' }).click()
  await page.getByRole('menuitem', { name: 'Deutsch' }).click()
  await page.getByRole('heading', { name: 'Warum wird dieser Benutzer gefragt, oder nicht?' }).waitFor()
})
