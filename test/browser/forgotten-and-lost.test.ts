import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { without } from '../real-parts.ts'
import { scan } from './authenticator-app.ts'
import { openStage, sidewaysScroll, type Stage } from './chromium.ts'
import { enterCode, enterPassword, follow, isInside, press, readMessage, signOut } from './person.ts'

const skip = without('chromium', 'zbarimg', 'oathtool')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
/** With `COUNTERSIGN_SHOTS=folder` each page is also written there as a picture, for a person to look at. */
const SHOTS = process.env['COUNTERSIGN_SHOTS']

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('retail')
})
after(() => stage?.close())

async function look(page: Page, name: string): Promise<void> {
  for (const [kind, width] of [
    ['wide', 1_100],
    ['narrow', 320],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 700 })
      await page.emulateMedia({ colorScheme })
      assert.equal(await sidewaysScroll(page), 0, `${name} fits into ${width} pixels`)
      if (SHOTS !== undefined)
        await page.screenshot({ path: `${SHOTS}/${name}-${kind}-${colorScheme}.png`, fullPage: true })
    }
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  assert.deepEqual(
    violations.map(({ id }) => id),
    [],
    name,
  )
}

test('[F22] a forgotten password: the pages for everyone, on a narrow screen, in the dark', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t, { scripts: true })).newPage()
  await page.goto('/acme/login')
  await follow(page, () => page.getByRole('link', { name: 'Forgotten your password?' }).click())
  await look(page, 'forgotten')
  await page.getByLabel('User name').fill('web')
  await press(page, 'Send me a link')
  await look(page, 'forgotten-sent')
  const link = /https?:\S+\/reset\/\S+/.exec(await readMessage(page, demo, /email to web@/))?.[0]
  assert.ok(link)
  await page.goto(link)
  await look(page, 'reset')
  await page.getByLabel(/New password/).fill('12345678')
  await press(page, /Save|password/i)
  await look(page, 'reset-refused')
  await page.goto('/acme/reset/nothing')
  await look(page, 'reset-over')
})

test('[RE-06] everything is lost: the pages for everyone, on a narrow screen, in the dark', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t, { scripts: true })).newPage()
  await enterPassword(page, demo, 'kim')
  await enterCode(page, (await scan(page)).code())
  await isInside(page, 'kim')
  await signOut(page)
  await enterPassword(page, demo, 'kim')
  await look(page, 'code')
  await follow(page, () => page.getByRole('link', { name: 'Lost everything? Ask to begin anew' }).click())
  await look(page, 'lost')
  await page.getByLabel(/What happened/).fill('left it on the train')
  await press(page, 'Ask to begin anew')
  await page.getByText(/was written down/).waitFor()
  await look(page, 'lost-asked')
  await page.getByLabel(/code that they told you/).fill('123456789012345')
  await press(page, 'Begin anew')
  await page.getByRole('alert').waitFor()
  await look(page, 'lost-refused')
  const link = /https?:\S+\/lost\/\S+/.exec(await readMessage(page, demo, /email to kim@/))?.[0]
  assert.ok(link)
  await page.goto(link)
  await look(page, 'lost-take-back')
  await press(page, /It was not me/)
  await look(page, 'lost-taken-back')
})
