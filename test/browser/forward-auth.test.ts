import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { chromium } from 'playwright-core'
import { deploy } from '../protocol/deployment.ts'
import { realPart, without } from '../real-parts.ts'
import { otherThan } from '../steps.ts'
import { enterCode, press } from './person.ts'

// What only a real browser can say: that its rules for cookies, for redirects after a form and for policies of content let somebody go
// from a protected host to the sign-in page and back.

const skip = without('chromium', 'nginx')

async function person(t: TestContext) {
  const at = await deploy(t, 'nginx')
  const executablePath = realPart('chromium')
  assert.ok(executablePath)
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP *.example.com 127.0.0.1:${at.port}`,
    ],
  })
  t.after(() => browser.close())
  const context = await browser.newContext({ javaScriptEnabled: false, ignoreHTTPSErrors: true })
  const faults: string[] = []
  context.on('console', (message) => {
    if (!/ status of 4\d\d /.test(message.text()) && message.type() === 'error') faults.push(message.text())
  })
  t.after(() => assert.deepEqual(faults, []))
  return { ...at, context, page: await context.newPage() }
}

test('a person without scripts goes from a protected page to the sign-in page and back, by the form with the code', {
  skip,
}, async (t) => {
  const { page, context, codeFor, reached } = await person(t)
  await page.goto('https://wiki.example.com/a/page?x=1')
  assert.equal(new URL(page.url()).host, 'login.example.com')
  assert.equal(reached.length, 0)
  await page.getByLabel('User name').fill('kim')
  await page.getByLabel('Password').fill('kim-demo-password')
  await press(page, 'Sign in')
  await enterCode(page, otherThan(codeFor('kim')))
  await enterCode(page, codeFor('kim'))
  await page.waitForURL('https://wiki.example.com/a/page?x=1')
  assert.equal(await page.innerText('body'), 'served /a/page?x=1')
  assert.equal(reached.at(-1)?.headers['remote-user'], 'kim')

  const cookies = await context.cookies()
  const bound = cookies.map(({ name, domain, secure, httpOnly, path }) => [name, domain, secure, httpOnly, path])
  for (const [name, host] of [
    ['__Host-cs-acme-session', 'login.example.com'],
    ['__Host-cs-acme-pass', 'wiki.example.com'],
  ])
    assert.deepEqual(
      bound.filter(([each]) => each === name),
      [[name, host, true, true, '/']],
    )
  // The application is sent its own pass, and never the session.
  assert.doesNotMatch(reached.map(({ headers }) => headers.cookie ?? '').join(), /session|st_/)

  await page.goto('https://login.example.com/acme/account')
  await press(page, 'Sign out')
  await page.goto('https://wiki.example.com/')
  assert.equal(new URL(page.url()).host, 'login.example.com')
})
