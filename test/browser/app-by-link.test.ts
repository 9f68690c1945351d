import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { without } from '../real-parts.ts'
import { scan } from './authenticator-app.ts'
import { openStage, type Stage } from './chromium.ts'
import { codeField, enterCode, enterPassword, follow, givePassword, isInside, signOut } from './person.ts'

const skip = without('chromium', 'zbarimg', 'oathtool')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('erp')
})
after(() => stage?.close())

test('[S2.20] [S2.21] [S2.7] [S2.22] Sam binds an app by the emailed link, and signs in with it from then on', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const context = await person(t, { sharp: true })
  const page = await context.newPage()
  await enterPassword(page, demo, 'sam')
  await page.getByText(/We sent a link to/).waitFor()
  assert.equal(await picture(page).count(), 0, 'the picture is behind the link only')

  const opened = await context.newPage()
  await followLink(opened, 'sam')
  assert.ok(await picture(opened).isVisible(), 'in the browser where the sign-in waits it shows at once')
  const app = await scan(opened)
  assert.equal(app.account, 'Acme:sam@acme.test')
  assert.equal(app.issuer, 'Acme')
  await enterCode(opened, app.code())
  await isInside(opened, 'sam')
  await opened.getByText('code from an authenticator app').waitFor()

  await signOut(opened)
  const letters = await countLetters(opened)
  await enterPassword(opened, demo, 'sam')
  await opened.getByText('Open your authenticator app').waitFor()
  await enterCode(opened, app.code(1))
  await isInside(opened, 'sam')
  assert.equal(await countLetters(opened), letters, 'the app needs no mail')
})

test('[S2.21] in another browser the link asks for the password first; the code may then be typed in either', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  await enterPassword(page, demo, 'op')
  await page.getByText(/We sent a link to/).waitFor()

  const elsewhere = await (await person(t, { sharp: true, dark: true })).newPage()
  await followLink(elsewhere, 'op')
  await elsewhere.getByText('enter your user name and your password').waitFor()
  assert.equal(await picture(elsewhere).count(), 0)
  assert.doesNotMatch(await elsewhere.content(), /otpauth|secret=/)
  await givePassword(elsewhere, demo, 'op')
  await picture(elsewhere).waitFor()
  const app = await scan(elsewhere)
  assert.equal(app.account, 'Acme:op@acme.test')

  await enterCode(page, app.code())
  await isInside(page, 'op')
})

test('[S2.21] a link that is over says so and offers a new one', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  await page.goto('/acme/enrol/not-a-link')
  await page.getByRole('heading', { name: 'This link has expired' }).waitFor()
  await follow(page, () => page.getByRole('link', { name: 'Sign in' }).click())
  await givePassword(page, demo, 'kim')
  await page.getByText(/We sent a link to/).waitFor()

  await page.goto('/acme/enrol/not-a-link')
  await page.getByRole('button', { name: 'Send a new link' }).waitFor()
  assert.equal(await codeField(page).count(), 0)
})

function picture(page: Page) {
  return page.getByRole('img', { name: /^QR code/ })
}

/** Opens the mailbox and follows the link in the newest letter to somebody. */
async function followLink(page: Page, username: string): Promise<void> {
  await page.goto('/mailbox')
  const letter = page
    .getByRole('article')
    .filter({ hasText: `email to ${username}@` })
    .first()
  await follow(page, () => letter.getByRole('link').click())
  await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor()
}

/** Mails that a sign-in needs: links and codes. The notice of the new app comes when the pump comes to it. */
async function countLetters(page: Page): Promise<number> {
  const tab = await page.context().newPage()
  await tab.goto('/mailbox')
  const count = await tab
    .getByRole('article')
    .filter({ hasText: /\/enrol\/|security code\./ })
    .count()
  await tab.close()
  return count
}
