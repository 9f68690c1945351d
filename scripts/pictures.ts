import { mkdirSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { isDrawn, openConsole } from '../test/browser/console-person.ts'
import { type DemoProcess, startDemoProcess } from '../test/process/demo-process.ts'
import { realPart } from '../test/real-parts.ts'
import { liveInDemo } from './pictures/life.ts'

// The pictures of the README and of docs/console.md: `npm run pictures` starts the demo, lets some life happen in it, and looks.

const FOLDER = 'docs/pictures'
const WIDE = { width: 1_360, height: 900 }

interface Picture {
  readonly name: string
  readonly path: string
  readonly dark?: boolean
  readonly language?: string
  readonly size?: { readonly width: number; readonly height: number }
  readonly act?: (page: Page) => Promise<void>
}

const PICTURES: readonly Picture[] = [
  { name: 'overview', path: '' },
  { name: 'overview-dark', path: '', dark: true },
  { name: 'overview-hebrew', path: '', language: 'he' },
  { name: 'two-factor', path: '/two-factor' },
  { name: 'users', path: '/users' },
  { name: 'user', path: '/users/kim' },
  { name: 'settings', path: '/settings' },
  { name: 'settings-preview', path: '/settings?tab=login', act: reviewAppOnly },
  { name: 'audit', path: '/audit', dark: true },
  { name: 'tablet', path: '/two-factor', size: { width: 820, height: 1_100 } },
  { name: 'phone', path: '', size: { width: 320, height: 700 } },
]

const demo = await startDemoProcess('manufacturing')
try {
  mkdirSync(FOLDER, { recursive: true })
  await liveInDemo(demo)
  const browser = await chromium.launch({ executablePath: realPart('chromium') ?? 'chromium', args: ['--no-sandbox'] })
  try {
    await takeAll(browser, demo)
  } finally {
    await browser.close()
  }
} finally {
  await demo.stop()
}

async function takeAll(browser: Browser, { origin, site }: DemoProcess): Promise<void> {
  const context = await browser.newContext({ baseURL: origin, viewport: WIDE, locale: 'en-GB' })
  const page = await context.newPage()
  await openConsole(page, demo)
  for (const picture of PICTURES.filter(({ name }) => wanted(name))) {
    await page.emulateMedia({ colorScheme: picture.dark ? 'dark' : 'light' })
    await page.setViewportSize(picture.size ?? WIDE)
    await page.evaluate(`localStorage.setItem('countersign-console-language', '${picture.language ?? 'en'}')`)
    await page.goto(`/${site}/console${picture.path}`)
    await isDrawn(page)
    await picture.act?.(page)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${FOLDER}/${picture.name}.png` })
    process.stdout.write(`${FOLDER}/${picture.name}.png\n`)
  }
}

/** `npm run pictures -- overview` takes only those with a word in their name. */
function wanted(name: string): boolean {
  const words = process.argv.slice(process.argv.indexOf('scripts/pictures.ts') + 1)
  return words.length === 0 || words.some((word) => name.includes(word))
}

async function reviewAppOnly(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'Email', exact: true }).uncheck()
  await page.getByRole('checkbox', { name: /Authenticator app/ }).check()
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).waitFor()
}
