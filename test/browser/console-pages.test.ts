import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { administrator, look } from './console-look.ts'
import { goTo, isDrawn } from './console-person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('every page of the console can be used by everyone, in light and dark, wide and on a phone', {
  skip,
}, async (t) => {
  const page = await administrator(t, stage)
  await page
    .getByRole('img', { name: /by day/ })
    .first()
    .waitFor()
  await look(page, 'overview')
  await page.getByText('Table', { exact: true }).click()
  await page.getByRole('columnheader', { name: 'Sign-ins' }).waitFor()
  await look(page, 'overview, table instead of charts')
  for (const name of [
    'Two-factor authentication',
    'Users',
    'Roles',
    'Applications',
    'Identity providers',
    'API keys',
    'Settings',
    'Audit log',
  ]) {
    await goTo(page, name)
    await look(page, name)
  }
})

test('every tab of the settings and their manual can be used by everyone', { skip }, async (t) => {
  const page = await administrator(t, stage, '/settings')
  for (const name of ['Login', 'Sessions', 'Delivery', 'Presets']) {
    await page.getByRole('tab', { name }).click()
    await isDrawn(page)
    await look(page, `settings, ${name}`)
  }
  await page.goto('/acme/console/manual#otp.issuer')
  await isDrawn(page)
  await look(page, 'manual')
})
