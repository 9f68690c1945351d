import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp, startServer } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { without } from '../real-parts.ts'
import { world } from '../world.ts'
import { launch } from './chromium.ts'

const skip = without('chromium')

test('behind a path an administrator signs in and walks through the console, and nothing is asked for beside that path', {
  skip,
}, async (t) => {
  const small = await world()
  t.after(small.close)
  await small.set({ 'two_factor.enabled': false })
  const parsed = parseConfig({})
  assert.ok(parsed.ok)
  const { config } = parsed
  const reports: unknown[] = []
  const report = (error: unknown): void => void reports.push(error)
  let origin = ''
  const server = await startServer(
    { host: '127.0.0.1', port: 0 },
    (port) => {
      origin = `http://localhost:${port}`
      const ports = { ...small.ports, origin: `${origin}/login` }
      return { ports, app: createApp(ports, { config, report }) }
    },
    report,
  )
  t.after(() => server.close())
  const browser = await launch()
  t.after(() => browser.close())
  const page = await browser.newPage({ baseURL: origin })
  const asked: string[] = []
  const failed: string[] = []
  page.on('request', (request) => void asked.push(request.url()))
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`)
  })

  await page.goto('/login/acme/console')
  await page.getByLabel('User name').fill('root')
  await page.getByLabel('Password', { exact: true }).fill('root-demo-password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
  await page.getByRole('link', { name: 'kim' }).first().waitFor()
  assert.equal(new URL(page.url()).pathname, '/login/acme/console/users')
  await page.reload()
  await page.getByRole('link', { name: 'kim' }).first().waitFor()

  assert.ok(asked.some((url) => url.includes('/assets/')) && asked.some((url) => url.includes('/api/v1/users')))
  for (const url of asked.filter((each) => !each.startsWith('data:')))
    assert.match(url.slice(origin.length), /^\/login\/(?:acme|assets)\//, url)
  assert.deepEqual([failed, reports], [[], []])
})
