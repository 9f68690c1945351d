import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { without } from '../real-parts.ts'
import { openStage, sidewaysScroll, type Stage } from './chromium.ts'
import { anotherThan, codeField, follow, isInside, readCode } from './person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('[SE-19] the challenge page works by keyboard alone, at 400 %, and says what has to be heard', {
  skip,
}, async (t) => {
  const { demo } = stage
  // 320 pixels are what a window of 1280 has left at 400 % (WCAG 2.2, 1.4.10).
  const page = await (await stage.person(t, { narrow: true })).newPage()
  await page.goto(`/${demo.site}/login`)
  await tabTo(page, 'User name')
  await page.keyboard.type('kim')
  await tabTo(page, 'Password')
  await page.keyboard.type(demo.passwordOf('kim'))
  await follow(page, () => page.keyboard.press('Enter'))

  assert.ok((await sidewaysScroll(page)) <= 0, 'nothing scrolls sideways')
  await tabTo(page, 'Security code')
  assert.match(
    await page.getByRole('main').innerText(),
    /k•••@acme\.test[\s\S]*Security code/,
    'where it went, before the field',
  )
  const code = await readCode(page, demo, /email to kim@/)
  await page.keyboard.type(anotherThan(code))
  await follow(page, () => page.keyboard.press('Enter'))

  assert.match(await page.title(), /^Error/)
  const alert = page.getByRole('alert')
  await tabTo(page, 'Security code')
  assert.ok((await heard(page)).includes(await alert.innerText()), 'what was wrong is read with the field')
  assert.equal(await codeField(page).getAttribute('aria-invalid'), 'true')
  assert.ok((await sidewaysScroll(page)) <= 0)
  await codeField(page).fill('')
  await page.keyboard.type(code)
  await follow(page, () => page.keyboard.press('Enter'))
  await isInside(page, 'kim')
})

/** Goes on with the Tab key until the field of this name has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
  const field = page.getByLabel(label)
  for (let presses = 0; presses < 12; presses++) {
    if (await field.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the Tab key does not lead to ${label}`)
}

/** What a screen reader says after the name of the field that has the focus. */
async function heard(page: Page): Promise<string> {
  return page.evaluate<string>(
    `(document.activeElement.getAttribute('aria-describedby') ?? '').split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '').join(' ')`,
  )
}
