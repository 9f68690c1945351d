import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { confirmChannelTest } from '#usecases/confirm-channel-test.ts'
import { deliveryHealth } from '#usecases/delivery-health.ts'
import { testChannel } from '#usecases/test-channel.ts'
import { closedPort } from '../contracts/courier-mail-server.ts'
import { codeIn, mailOver } from '../real-channels.ts'
import { without } from '../real-parts.ts'
import { opened, siteFor, type, waiting } from '../steps.ts'
import { ADMIN } from '../world.ts'

// The mails of a sign-in through a mail server of another make, as a reader finds them in a mailbox.

const NONE = { skip: without('aiosmtpd') }

interface Foreign {
  readonly port: number
  mails(): Promise<readonly ParsedMail[]>
}

async function aiosmtpd(t: TestContext): Promise<Foreign> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-mail-'))
  const port = await closedPort()
  const box = join(folder, 'box')
  const child = spawn('aiosmtpd', ['-n', '-l', `127.0.0.1:${port}`, '-c', 'aiosmtpd.handlers.Mailbox', box], {
    stdio: 'ignore',
  })
  t.after(async () => {
    const ended = once(child, 'exit')
    child.kill()
    await ended
    rmSync(folder, { recursive: true })
  })
  await listening(port, child)
  return {
    port,
    mails: () =>
      Promise.all(readdirSync(join(box, 'new')).map((name) => simpleParser(readFileSync(join(box, 'new', name))))),
  }
}

/** Tries the port until the server is there; a server that ends instead ends the test. */
async function listening(port: number, child: { readonly exitCode: number | null }): Promise<void> {
  for (;;) {
    assert.equal(child.exitCode, null, 'aiosmtpd ended')
    const there = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        done(true)
      })
      socket.on('error', () => done(false))
    })
    if (there) return
  }
}

test(
  '[DF-18] the mail has the code, the circumstances and both forms, and neither link nor picture',
  NONE,
  async (t) => {
    const at = await siteFor(t, 'manufacturing')
    const { port, mails } = await aiosmtpd(t)
    await mailOver(at, port)
    const kim = waiting(await at.password('kim'))
    const [mail, ...others] = await mails()
    assert.deepEqual(others, [])
    assert.ok(mail)
    const html = String(mail.html)
    for (const form of [mail.text ?? '', html]) {
      assert.match(form, /Acme/)
      assert.match(form, /198\.51\.100\.7/)
      assert.match(form, /Firefox/)
      assert.match(form, /2 November 2026|Nov/)
      assert.doesNotMatch(form, /https?:\/\//)
    }
    assert.doesNotMatch(html, /<img|src=|url\(|<script|<a /i)
    opened(await type(at, kim, codeIn(mail.subject)))
  },
)

test('[DF-18] the SMS ends with the line that binds the code to the host, and has no link', async (t) => {
  const at = await siteFor(t, 'scheduling')
  waiting(await at.password('kim'))
  const [sms] = at.messages('sms')
  assert.match(sms?.text ?? '', /^(\d{6}) [^\n]*\n\n@localhost #\1$/)
  assert.doesNotMatch(sms?.text ?? '', /https?:/)
})

test('[S4.22] the closed loop through it: name, connection, mail, and the code typed back', NONE, async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { port, mails } = await aiosmtpd(t)
  await mailOver(at, port)
  const order = { ...ADMIN, site: DEMO_SITE }
  const sent = await testChannel(at.ports, { ...order, channel: 'email', to: 'boss@acme.test' })
  assert.ok(sent.kind === 'sent')
  assert.deepEqual(
    sent.steps.map(({ step, ok }) => [step, ok]),
    [
      ['dns', true],
      ['tcp', true],
      ['tls', true],
      ['accepted', true],
    ],
  )
  assert.match(sent.steps.at(-1)?.says ?? '', /^250 /)
  const code = codeIn((await mails())[0]?.subject)
  assert.equal((await confirmChannelTest(at.ports, { ...order, code })).kind, 'proved')
  const health = await deliveryHealth(at.ports, DEMO_SITE)
  assert.ok(health !== 'unknown-site')
  assert.deepEqual([health.channels[0]?.state, health.channels[0]?.proved?.provedBy], ['proved', 'test'])
})
