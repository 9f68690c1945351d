import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { sidewaysScroll, type Stage } from './chromium.ts'
import { openConsole } from './console-person.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
const DESKTOP = { width: 1_100, height: 900 }
const PHONE = { width: 320, height: 640 }

/** An administrator in front of a page of the console. What goes wrong in their browser fails the test. */
export async function administrator(t: TestContext, stage: Stage, path = ''): Promise<Page> {
  const page = await (await stage.person(t, { scripts: true, asks: true })).newPage()
  await openConsole(page, stage.demo, path)
  return page
}

/** Looks at what is shown in light and in dark, wide and on a small phone: everybody can use it, and nothing scrolls sideways. */
export async function look(page: Page, state: string): Promise<void> {
  for (const [colorScheme, size] of [
    ['light', DESKTOP],
    ['dark', DESKTOP],
    ['dark', PHONE],
    ['light', PHONE],
  ] as const) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' })
    const where = `${state}, ${colorScheme}, ${size.width} px`
    if (size === PHONE) assert.ok((await sidewaysScroll(page)) <= 0, `${where}: scrolls sideways`)
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze()
    const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(', ')}`)
    assert.deepEqual(told, [], where)
  }
  await page.setViewportSize(DESKTOP)
  await page.emulateMedia({ colorScheme: 'light' })
}
