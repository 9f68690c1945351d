import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { DemoProcess } from '../process/demo-process.ts'
import { codeField, givePassword, press, readCode } from './person.ts'

/** An administrator opens a page of the console, is led to the login page, signs in, and is back where they wanted to be. */
export async function openConsole(page: Page, demo: DemoProcess, path = '', username = 'root'): Promise<void> {
  await page.goto(`/${demo.site}/console${path}`)
  await givePassword(page, demo, username)
  await codeField(page).fill(await readCode(page, demo, new RegExp(`email to ${username}@`)))
  await press(page, 'Continue')
  await isDrawn(page)
}

/** Waits until the page has what it asked for. */
export async function isDrawn(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('body:not(:has(.mantine-Skeleton-root))').waitFor({ state: 'attached' })
}

/** Another page of the console, by its name in the menu. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await isDrawn(page)
}

/** Reads or changes something over the API, as the demo's administrator key. */
export async function api(
  { origin, site, adminKey }: DemoProcess,
  door: string,
  body?: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they expect and fail where it is not there
): Promise<any> {
  const [method = '', path = ''] = door.split(' ')
  const response = await fetch(`${origin}/${site}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  assert.ok(response.ok, `${door}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}
