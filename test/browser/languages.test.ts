import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, sidewaysScroll, type Stage } from './chromium.ts'
import { readCode } from './person.ts'

const skip = without('chromium')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
/** With `COUNTERSIGN_SHOTS=folder` each page is also written there as a picture, for a person to look at. */
const SHOTS = process.env['COUNTERSIGN_SHOTS']

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

for (const language of ['he', 'ar', 'de'])
  test(`[F22] sign-in, code and account in ${language}: for everyone, on a narrow screen, in the dark`, {
    skip,
  }, async (t) => {
    for (const dark of [false, true]) {
      const person = await stage.person(t, { narrow: true, dark, scripts: true })
      const page = await person.newPage()
      const look = async (name: string): Promise<void> => {
        assert.equal(await page.locator('html').getAttribute('lang'), language, name)
        assert.equal(await sidewaysScroll(page), 0, `${name} fits`)
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
        assert.deepEqual(
          violations.map(({ id }) => id),
          [],
          name,
        )
        if (SHOTS !== undefined)
          await page.screenshot({ path: `${SHOTS}/${language}-${name}-${dark ? 'dark' : 'light'}.png`, fullPage: true })
      }
      await page.goto(`/acme/login?lang=${language}`)
      await look('login')
      await page.locator('#username').fill('kim')
      await page.locator('#password').fill('kim-demo-password')
      await page.locator('main form button[type=submit]').first().click()
      await page.locator('#code').waitFor()
      await look('code')
      await page.locator('#code').fill('000000')
      await page.locator('#code').press('Enter')
      await page.getByRole('alert').waitFor()
      await look('wrong')
      await page.locator('#code').fill(await readCode(page, stage.demo, /email to kim@/))
      await page.locator('#code').press('Enter')
      await page.locator('dl').waitFor()
      await look('account')
    }
  })
