import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { DemoProcess } from '../process/demo-process.ts'

/** The field for the code. */
export function codeField(page: Page): Locator {
  return page.getByRole('textbox', { name: /code/i })
}

/** Does something that leads to another page, and waits until that one is there. */
export async function follow(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()])
}

/** Presses the button of a form. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await follow(page, () => page.getByRole('button', { name }).click())
}

/** Opens the login page and gives the user name and the password. */
export async function enterPassword(page: Page, demo: DemoProcess, username: string): Promise<void> {
  await page.goto(`/${demo.site}/login`)
  await givePassword(page, demo, username)
}

/** Fills in the form for the password that the page shows. */
export async function givePassword(page: Page, demo: DemoProcess, username: string): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill(demo.passwordOf(username))
  await press(page, 'Sign in')
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await codeField(page).fill(code)
  await press(page, 'Continue')
}

/** Each takes some milliseconds, and the outbox is emptied at least once a second. */
const MOST_LOOKS = 1_000

/** The newest message for somebody, read where a person reads it: on the mailbox page, in another tab. */
export async function readMessage(page: Page, demo: DemoProcess, to: RegExp): Promise<string> {
  const tab = await page.context().newPage()
  const article = tab.getByRole('article').filter({ hasText: to }).first()
  // Some messages are nobody's to wait for: they come when the outbox is emptied next. A person looks again, and again.
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    await tab.goto(demo.mailbox)
    if ((await article.count()) > 0) break
  }
  const text = await article.innerText()
  await tab.close()
  return text
}

/** The code in the newest message for somebody. */
export async function readCode(page: Page, demo: DemoProcess, to: RegExp): Promise<string> {
  const text = await readMessage(page, demo, to)
  const code = /\b\d{6}\b/.exec(text)?.[0]
  assert.ok(code, `a code is in the message: ${text}`)
  return code
}

/** Six digits that are not this code. */
export function anotherThan(code: string): string {
  return code === '123456' ? '654321' : '123456'
}

export async function signOut(page: Page): Promise<void> {
  await press(page, 'Sign out')
  await page.getByText('You have signed out.').waitFor()
}

/** Fails unless the account page is shown, signed in as this person. */
export async function isInside(page: Page, username: string): Promise<void> {
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  assert.match(await page.getByRole('main').innerText(), new RegExp(`\\b${username}\\b`))
}
