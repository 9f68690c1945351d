import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { after, before, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { without } from '../real-parts.ts'
import { openStage, sidewaysScroll, type Stage } from './chromium.ts'
import { anotherThan, enterCode, enterPassword, givePassword, isInside, press, readCode } from './person.ts'

const skip = without('chromium')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
const DESKTOP = { width: 1_100, height: 900 }
/** WCAG 2.2 1.4.10: what fits here needs no sideways scrolling at 400 % either. */
const PHONE = { width: 320, height: 640 }

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('[F22] every state of the sign-in by a sent code can be used by everyone', { skip }, async (t) => {
  const { demo } = stage
  const page = await openPage(t)
  await page.goto('/acme/login?application=web')
  await look(page, 'login')
  await page.getByLabel('User name').fill('kim')
  await page.getByLabel('Password').fill('wrong')
  await press(page, 'Sign in')
  await page.getByRole('alert').waitFor()
  await look(page, 'login, wrong password')

  await enterPassword(page, demo, 'kim')
  await look(page, 'code')
  await page.getByText('Not received a code?').click()
  await look(page, 'code, other ways')
  const code = await readCode(page, demo, /email to kim@/)
  for (let failures = 1; failures <= 3; failures++) {
    await enterCode(page, anotherThan(code))
    if (failures === 1) await look(page, 'code, wrong')
  }
  await page.getByRole('heading', { name: 'Who can help you' }).waitFor()
  await look(page, 'code, wrong three times')
  await enterCode(page, code)
  await isInside(page, 'kim')
  await look(page, 'account')
  await page.goto('/acme/login')
  await look(page, 'login, signed in already')
  await page.goto('/mailbox')
  await look(page, 'mailbox')
})

test('[F22] every state that something failed or ran out in can be used by everyone', { skip }, async (t) => {
  const { demo } = stage
  t.after(() => demo.behave({ email: 'ok' }))
  const page = await openPage(t)
  await page.goto('/acme/nothing-here')
  await look(page, 'not found')
  await page.goto('/acme/api/v1/docs')
  assert.deepEqual(await violations(page), [], 'documentation of the API')

  await demo.set({ 'code.max_attempts': 3, 'lock.after': 3 })
  await enterPassword(page, demo, 'op')
  const code = await readCode(page, demo, /email to op@/)
  for (let failures = 1; failures <= 3; failures++) await enterCode(page, anotherThan(code))
  await page.getByText(/Too many wrong codes/).waitFor()
  await look(page, 'too many wrong codes')
  await enterPassword(page, demo, 'op')
  await page.getByText(/No code is accepted before/).waitFor()
  await look(page, 'locked')

  await demo.set({ 'delivery.send_on': 'second_attempt' })
  await enterPassword(page, demo, 'sam')
  await page.getByText('Enter your password once more').waitFor()
  await look(page, 'password again')
  await demo.set({ 'delivery.send_on': 'first_attempt' })

  await demo.behave({ email: 'reject' })
  await enterPassword(page, demo, 'sam')
  await page.getByText('We could not send').waitFor()
  await look(page, 'code, not sent')
  await press(page, 'Use another account')
  await look(page, 'login, another account')

  await demo.behave({ email: 'unconfigured' })
  await givePassword(page, demo, 'web')
  await isInside(page, 'web')
  await look(page, 'account, let in without a second proof')
  await demo.set({ 'delivery.when_unconfigured': 'block' })
  await press(page, 'Sign out')
  await look(page, 'login, signed out')
  await givePassword(page, demo, 'web')
  await page.getByText('nothing is set up here').waitFor()
  await look(page, 'login, refused')
})

test('[F22] every state of setting up an app can be used by everyone', { skip }, async (t) => {
  const { demo } = stage
  const page = await openPage(t)
  await demo.set({ 'methods.allowed': ['app'], 'enrolment.channel': 'both' })
  await enterPassword(page, demo, 'sam')
  await page.getByText('Cannot scan it?').click()
  await look(page, 'set up on the screen')
  for (let failures = 1; failures <= 5; failures++) {
    await enterCode(page, '000000')
    if (failures === 1) await look(page, 'set up, wrong code')
  }
  await look(page, 'set up, too many wrong codes')

  await demo.set({ 'enrolment.channel': 'email_link' })
  const other = await openPage(t)
  await enterPassword(other, demo, 'web')
  await other.getByText(/We sent a link to/).waitFor()
  await look(other, 'set up by mail')
  await other.goto('/mailbox')
  const link = await other.getByRole('article').filter({ hasText: 'email to web@' }).getByRole('link').innerText()
  await other.goto(link)
  await other.getByRole('img', { name: /^QR code/ }).waitFor()
  await look(other, 'set up by the link')
  await other.goto('/acme/enrol/not-a-link')
  await look(other, 'link over, new one offered')

  const stranger = await openPage(t)
  await stranger.goto(link)
  await look(stranger, 'link asks for the password')
  await stranger.goto('/acme/enrol/not-a-link')
  await look(stranger, 'link over')
})

/** axe is a script, so this browser runs scripts; the pages have none. */
async function openPage(t: TestContext): Promise<Page> {
  return (await stage.person(t, { scripts: true })).newPage()
}

/** Looks at the page on a desktop in daylight, and on a small phone in the dark: both layouts, both sets of colours. */
async function look(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  assert.deepEqual(await violations(page), [], `${state}, light`)
  await page.setViewportSize(PHONE)
  await page.emulateMedia({ colorScheme: 'dark' })
  assert.ok((await sidewaysScroll(page)) <= 0, `${state} scrolls sideways on a phone`)
  assert.deepEqual(await violations(page), [], `${state}, dark, on a phone`)
  await page.setViewportSize(DESKTOP)
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze()
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(', ')}`)
}
