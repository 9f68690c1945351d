import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import type { DemoProcess } from '../process/demo-process.ts'
import { openStage, type Stage } from './chromium.ts'
import { CERTIFICATE } from '../contracts/courier-certificate.ts'
import { administrator, look } from './console-look.ts'
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

test('an identity provider is added, with bad input answered at its field, and switched off', { skip }, async (t) => {
  const page = await administrator(t, stage, '/identity-providers')
  await page.getByText('There is no identity provider.').waitFor()
  await page.getByRole('button', { name: 'New identity provider' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name in addresses').fill('office')
  await dialog.getByLabel('Title').fill('Office')
  await dialog.getByLabel('Its own name (entity ID)').fill('https://idp.acme.test/metadata')
  await dialog.getByLabel('Address of its sign-in page').fill('nowhere')
  await dialog.getByLabel('Certificates, in PEM').fill(CERTIFICATE)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.locator('.mantine-InputWrapper-error').first().waitFor()
  await look(page, 'new identity provider')
  await dialog.getByLabel('Address of its sign-in page').fill('https://idp.acme.test/sso')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('switch', { name: 'Office is switched on' }).waitFor()
  await look(page, 'identity providers')
})
