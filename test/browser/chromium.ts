import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type DemoProcess, startDemoProcess } from '../process/demo-process.ts'
import type { PresetName } from '#policy/presets.ts'
import { realPart } from '../real-parts.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const SLOWEST_STEP_MS = 15_000

/** How one person's browser is. By default: a desktop in daylight that runs no scripts. */
export interface Look {
  readonly narrow?: boolean
  readonly dark?: boolean
  readonly sharp?: boolean
  readonly scripts?: boolean
  /** The page asks the API, which may refuse or be cut off, and gives up questions whose answer nobody waits for any more. */
  readonly asks?: boolean
  /** Origins besides the demo's that its pages may lead to. */
  readonly origins?: () => readonly string[]
  /** Those origins prove who they are by certificates that nobody knows. */
  readonly strangers?: boolean
}

/** A running demo and a real browser, shared by the tests of one file. */
export interface Stage {
  readonly demo: DemoProcess
  /** A browser of its own for one person: no cookie of anybody else's. What goes wrong in it fails the test. */
  readonly person: (t: TestContext, look?: Look) => Promise<BrowserContext>
  readonly close: () => Promise<void>
}

export async function openStage(preset: PresetName): Promise<Stage> {
  const demo = await startDemoProcess(preset)
  const browser = await launch().catch(async (error: unknown) => {
    await demo.stop()
    throw error
  })
  return {
    demo,
    person: (t, look = {}) => openPerson(t, browser, demo.origin, look),
    async close() {
      await browser.close()
      const { code, err } = await demo.stop()
      assert.equal(err, '', 'the server had nothing to report')
      assert.equal(code, 0)
    },
  }
}

export function launch(): Promise<Browser> {
  const executablePath = realPart('chromium')
  assert.ok(executablePath)
  // Left to Playwright, these signals would close the browser and nothing else: a file that hangs could never be ended.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({ executablePath, args: FLAGS, ...signals })
}

async function openPerson(t: TestContext, browser: Browser, origin: string, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled: look.scripts ?? false,
    viewport: look.narrow ? { width: 320, height: 640 } : { width: 1_100, height: 900 },
    deviceScaleFactor: look.sharp ? 2 : 1,
    ignoreHTTPSErrors: look.strangers ?? false,
    colorScheme: look.dark ? 'dark' : 'light',
  })
  context.setDefaultTimeout(SLOWEST_STEP_MS)
  const faults = watch(context, () => [origin, ...(look.origins?.() ?? [])], look.asks === true)
  t.after(async () => {
    await context.close()
    assert.deepEqual(faults, [])
  })
  return context
}

/** Everything that a page does and should not: errors, refusals by its content security policy, requests to somebody else. */
function watch(context: BrowserContext, origins: () => readonly string[], asks: boolean): readonly string[] {
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(`error in the page: ${error.error().message}`))
  context.on('console', (message) => {
    // Chromium also writes it down where the page itself is the answer to something refused, like a wrong code.
    const refusedPage = / status of 4\d\d /.test(message.text())
    const cutOff = asks && message.text().includes('ERR_INTERNET_DISCONNECTED')
    if (['error', 'warning'].includes(message.type()) && !refusedPage && !cutOff)
      faults.push(`console: ${message.text()}`)
  })
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol !== 'data:' && !origins().includes(asked)) faults.push(`asked another origin: ${request.url()}`)
  })
  context.on('response', (response) => {
    const part = !response.request().isNavigationRequest()
    const answered = asks && response.url().includes('/api/v1/')
    const bad = response.status() >= (part && !answered ? 400 : 500)
    if (bad) faults.push(`${response.status()} from ${response.url()}`)
  })
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    const meant = asks && ['net::ERR_ABORTED', 'net::ERR_INTERNET_DISCONNECTED'].includes(why)
    if (!meant) faults.push(`failed: ${request.url()}: ${why}`)
  })
  return faults
}

/** How far the page is wider than its window. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}

/** Whether somebody who does not scroll sees all of it. */
export async function isInView(page: Page, selector: string): Promise<boolean> {
  const [top, bottom, height] = await page.evaluate<readonly [number, number, number]>(
    `(({ top, bottom }) => [top, bottom, innerHeight])(document.querySelector('${selector}').getBoundingClientRect())`,
  )
  return top >= 0 && bottom <= height
}
