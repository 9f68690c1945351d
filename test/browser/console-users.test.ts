import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import type { DemoProcess } from '../process/demo-process.ts'
import { openStage, type Stage } from './chromium.ts'
import { administrator } from './console-look.ts'
import { isDrawn } from './console-person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('many users are a page at a time, one question each, and what is looked for stands in the address', {
  skip,
}, async (t) => {
  const { demo } = stage
  await bringWorkers(demo)
  const page = await administrator(t, stage, '/users')
  const asked: string[] = []
  page.on('request', (request) => {
    if (/\/api\/v1\/users\?/.test(request.url())) asked.push(request.url())
  })
  await page.reload()
  await isDrawn(page)
  assert.equal(await page.locator('tbody').getByRole('row').count(), 50)
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.getByRole('button', { name: 'First page' }).waitFor()
  await page.locator('tbody').getByRole('row').first().filter({ hasText: 'worker' }).waitFor()
  await page.goBack()
  await page.getByRole('searchbox').fill('worker4')
  await page.waitForURL(/search=worker4/)
  await page.locator('tbody tr:nth-child(10):last-child').waitFor()
  assert.ok(asked.length <= 4, `one question a page: ${asked.join(' ')}`)
  await page.getByRole('searchbox').fill('nobody at all')
  await page.getByText('No user fits.').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await page.getByRole('cell', { name: 'Kim kim' }).waitFor()
})

test('a user is made, with bad input answered at its field, and deleted with their name typed', { skip }, async (t) => {
  const page = await administrator(t, stage, '/users')
  await page.getByRole('button', { name: 'New user' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('User name').fill('lee')
  await dialog.getByLabel('Email').fill('not an address')
  await dialog.getByRole('button', { name: 'Make the user' }).click()
  await dialog.locator('.mantine-InputWrapper-error').waitFor()
  assert.equal(await dialog.getByLabel('User name').inputValue(), 'lee')
  await dialog.getByLabel('Email').fill('lee@acme.test')
  await dialog.getByRole('button', { name: 'Make the user' }).click()
  await page.getByRole('heading', { level: 1, name: 'lee' }).waitFor()
  await page.getByRole('button', { name: 'Delete the user' }).click()
  const ending = page.getByRole('dialog').getByRole('button', { name: 'Delete the user' })
  assert.ok(await ending.isDisabled())
  await page.getByLabel('Type lee to confirm').fill('lee')
  await ending.click()
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
})

/** Fifty more people, in one file. */
async function bringWorkers({ origin, site, adminKey }: DemoProcess): Promise<void> {
  const names = Array.from({ length: 50 }, (_, index) => `worker${index + 10}`)
  const response = await fetch(`${origin}/${site}/api/v1/users/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'text/csv' },
    body: ['username', ...names].join('\n'),
  })
  assert.equal(response.status, 201, await response.text())
}
