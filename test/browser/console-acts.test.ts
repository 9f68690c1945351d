import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { administrator } from './console-look.ts'
import { api } from './console-person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('an API key is made with the rights that were ticked, shown this once, and works', { skip }, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/api-keys')
  await page.getByRole('button', { name: 'New API key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'New API key' }).click()
  await dialog.locator('.mantine-InputWrapper-error').first().waitFor()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly report')
  await dialog.getByRole('checkbox', { name: 'Read API keys' }).check()
  await dialog.getByRole('button', { name: 'New API key' }).click()
  const shown = page.getByRole('dialog', { name: 'Your new key' })
  const key = (await shown.getByText(/^cs_live_/).innerText()).trim()
  await shown.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('cell', { name: 'nightly report' }).first().waitFor()
  assert.equal((await page.content()).includes(key), false)
  const ask = (path: string) =>
    fetch(`${demo.origin}/acme/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
  assert.deepEqual([(await ask('/api-keys')).status, (await ask('/users')).status], [200, 403])
})

test('[S3.14] an application is made and edited; its default for new users is a switch in the list', {
  skip,
}, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/applications')
  await page.getByRole('button', { name: 'New application' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Not A Name')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.locator('.mantine-InputWrapper-error').waitFor()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('tracker')
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Tracker')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Tracker', { exact: true }).waitFor()
  const turned = page.getByRole('switch', { name: 'New users get a second factor at Tracker' })
  await turned.press('Space')
  await page.getByRole('switch', { name: 'New users get a second factor at Tracker', checked: true }).waitFor()
  const { items } = await api(demo, 'GET /applications')
  const made = (items as readonly { name: string; default_for_new_users: boolean }[]).find(
    ({ name }) => name === 'tracker',
  )
  assert.equal(made?.default_for_new_users, true)
})

test('the audit log is filtered by the address bar, and exported with the same filter', { skip }, async (t) => {
  const page = await administrator(t, stage, '/audit?action=session.created')
  await page.getByRole('row').nth(1).waitFor()
  const actions = await page.getByRole('row').allInnerTexts()
  for (const row of actions.slice(1)) assert.match(row, /Signed in/)
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'As CSV' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  const lines = text.trim().split('\r\n')
  assert.match(lines[0] ?? '', /^seq,time,user,action/)
  assert.ok(lines.length > 1 && lines.slice(1).every((line) => line.includes('session.created')))
})

test('[S1.16] [R-154] all sessions end after their number was typed, one’s own too', { skip }, async (t) => {
  const { demo } = stage
  const page = await administrator(t, stage, '/settings?tab=sessions')
  await page.getByRole('button', { name: 'End all sessions' }).click()
  const dialog = page.getByRole('dialog')
  const count = /End (\d+) session/.exec(await dialog.innerText())?.[1] ?? assert.fail()
  await dialog.getByRole('textbox').fill(count)
  await dialog.getByRole('button', { name: 'End all sessions' }).click()
  await page.waitForURL(/\/acme\/login/)
  const { items } = await api(demo, 'GET /audit?action=sessions.cleared')
  assert.equal((items as readonly unknown[]).length, 1)
})
