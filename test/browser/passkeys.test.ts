import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { enterCode, enterPassword, follow, isInside, press, readCode, signOut } from './person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

interface Authenticator {
  /** Whether its owner touches it as soon as it is asked. */
  willing(yes: boolean): Promise<void>
}

/** Chromium's own authenticator: it keeps passkeys, and verifies its owner. */
async function plugIn(page: Page): Promise<Authenticator> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    willing: async (enabled) => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
  }
}

test('[R-081] [R-082] [R-087] [S4.24] Kim adds a passkey, then confirms with it, then signs in with nothing else', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  await demo.set({ 'methods.allowed': ['app', 'passkey', 'recovery', 'email'], 'challenge.interval_hours': 0 })
  const page = await (await person(t, { scripts: true })).newPage()
  const authenticator = await plugIn(page)
  await enterPassword(page, demo, 'kim')
  await enterCode(page, await readCode(page, demo, /kim@acme\.test/))
  await isInside(page, 'kim')

  await follow(page, () => page.getByRole('link', { name: 'Add a passkey or security key' }).click())
  await page.getByLabel('A name, to know it again').fill('Laptop')
  await press(page, 'Make the passkey')
  await page.getByText('The passkey is added.').waitFor()
  await page.getByText('Laptop').first().waitFor()

  await authenticator.willing(false)
  await signOut(page)
  await enterPassword(page, demo, 'kim')
  await authenticator.willing(true)
  await press(page, 'Use your passkey')
  await isInside(page, 'kim')
  assert.match(await page.getByRole('main').innerText(), /password\s+passkey/)

  await authenticator.willing(false)
  await signOut(page)
  const button = page.getByRole('button', { name: 'Use a passkey instead' })
  await button.waitFor()
  await authenticator.willing(true)
  await follow(page, () => button.click())
  await isInside(page, 'kim')

  // The browser offers it in the list of the user name as well; its owner says yes before anything is pressed.
  const answered = page.waitForResponse((response) => response.url().endsWith('/login/passkey'))
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  assert.equal((await answered).status(), 303)
  await isInside(page, 'kim')
})

test('without a script everything else works, and the page says why passkeys do not', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  await page.goto(`/${demo.site}/login`)
  await page.getByText('Passkeys need JavaScript').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Use a passkey instead' }).count(), 0)
})
