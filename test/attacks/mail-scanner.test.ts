import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appCode, linkFor, look, shown } from '../enrolment-steps.ts'
import { dump, siteOnDisk } from '../database-dump.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import { cookiesOf, wholeServerOver, wholeServer } from '../whole-server.ts'

// Between the mail server and the person sits a scanner: it opens every link, by every method, runs what is on the page and follows
// what it finds, often before the person has looked. Whatever it does, the person's own way through the link stays as it was. And
// somebody who reads the mail has a link, and with it nothing.

const SCANS = ['GET', 'HEAD', 'OPTIONS', 'GET', 'HEAD'] as const

test('[R-064] [F20] [EN-03] a scanner that opens the link five times, by any method, changes no row, and the person gets through', async (t) => {
  const { at, file } = await siteOnDisk(t, 'erp')
  const server = wholeServerOver(at)
  const first = await server.form('/acme/login', { username: 'sam', password: 'sam-demo-password' })
  const cookie = cookiesOf(first)
  const path = `/acme/enrol/${linkFor(at, 'sam')}`
  const before = rowsOf(file)
  for (const method of SCANS) {
    const answer = await server.knock(`${method} ${path}`, {
      headers: { 'user-agent': 'scanner', accept: 'text/html' },
    })
    assert.ok(answer.status < 500)
    assert.doesNotMatch(await answer.text(), /otpauth:|<svg|class="key"/)
    assert.deepEqual(answer.headers.getSetCookie(), [])
  }
  assert.equal(rowsOf(file), before)
  const page = await (await server.knock(`GET ${path}`, { headers: { cookie, accept: 'text/html' } })).text()
  const secret = /secret=(?<secret>[A-Z2-7]+)/.exec(page)?.groups?.['secret']
  assert.ok(secret)
  const inside = await server.form(`${path}/code`, { code: appCode(at, secret) }, { cookie })
  assert.equal(inside.status, 303)
  assert.equal((await rows(at, 'session.created')).length, 1)
})

test('[R-064] a scanner that sends the form it finds has proved nothing by it', async (t) => {
  const server = await wholeServer(t, { preset: 'erp' })
  await server.form('/acme/login', { username: 'sam', password: 'sam-demo-password' })
  const link = linkFor(server, 'sam')
  for (const [path, fields] of [
    [`/acme/enrol/${link}`, { username: '', password: '' }],
    [`/acme/enrol/${link}/code`, { code: '123456' }],
  ] as const) {
    const answer = await server.form(path, fields)
    assert.ok(answer.status < 500)
    assert.doesNotMatch(await answer.text(), /otpauth:|<svg/)
  }
  assert.deepEqual(await rows(server, 'factor.enrol.aborted'), [])
  assert.equal((await server.knock(`GET /acme/enrol/${link}`, { headers: { accept: 'text/html' } })).status, 200)
})

test('[EN-01] the mail carries a link and no secret; the secret is on the screen of whoever proved the password', async (t) => {
  const at = await siteFor(t, 'erp')
  const pending = waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')
  assert.equal((await look(at, pending)).kind, 'link-required')
  const { secret } = shown(await look(at, pending, link))
  for (const { text, html } of at.messages()) {
    for (const each of [text, html ?? '']) {
      assert.doesNotMatch(each, /otpauth|secret=|data:image|<svg/)
      assert.ok(!each.replaceAll(' ', '').includes(secret))
    }
  }
  // Whoever has the mail and another person's password, or none, sees nothing behind the link.
  const other = waiting(await at.password('kim'))
  assert.equal((await look(at, other, link)).kind, 'over')
  opened(await type(at, pending, appCode(at, secret)))
})

/** Rows alone: the bytes of the file move when a page of it is merely read. */
function rowsOf(file: string): string {
  return dump(file).split('\n')[0] ?? ''
}
