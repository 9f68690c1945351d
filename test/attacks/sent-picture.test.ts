import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DOORS } from '#http/doors.ts'
import { changeSettings } from '#usecases/settings.ts'
import { wholeServer } from '../whole-server.ts'
import { ADMIN } from '../world.ts'

// Somebody uploads a logo that is a program: SVG runs scripts, and HTML called a picture does too. Countersign takes no pictures; what a site
// words for itself is text.

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
const MULTIPART = `--x\r\nContent-Disposition: form-data; name="logo"; filename="logo.svg"\r\nContent-Type: image/svg+xml\r\n\r\n${SVG}\r\n--x--\r\n`
const SENT = [
  ['image/svg+xml', SVG],
  ['text/html', SVG],
  ['image/png', '\u0089PNG'],
  ['multipart/form-data; boundary=x', MULTIPART],
] as const

/** What they do needs no body, and none is looked at. */
const READ_NO_BODY = ['frappe.logout']

test('[IV-11] no door takes a picture, a page or an upload, whoever sends it', async (t) => {
  const at = await wholeServer(t)
  const headers = { 'sec-fetch-site': 'same-origin', origin: at.ports.origin, authorization: `Bearer ${at.keys.admin}` }
  const before = (await at.trail()).length
  const unread = new Set<string>()
  for (const { name, method, path } of DOORS.filter((door) => door.method !== 'GET' && door.method !== 'DELETE'))
    for (const [type, body] of SENT) {
      const where = `/acme${path.replaceAll(/:\w+/g, 'x')}`
      const answer = await at.knock(`${method} ${where}`, { headers: { ...headers, 'content-type': type }, body })
      assert.ok(answer.status < 500, `${name} ${type}: ${answer.status}`)
      if (answer.status < 300) unread.add(name)
      assert.doesNotMatch(await answer.text(), /<svg/, name)
    }
  assert.deepEqual([...unread], READ_NO_BODY)
  assert.deepEqual(at.reports, [])
  const written = (await at.trail())
    .slice(before)
    .filter(({ ev }) => /^(user|role|application|apikey|policy|config|device)\./.test(ev))
  assert.deepEqual(written, [])
})

test('[IV-11] what a site says of itself is shown as text, and nothing of it runs', async (t) => {
  const at = await wholeServer(t)
  const contact = { name: SVG, phone: '+4915550100001', email: 'root@acme.test', text: SVG }
  const patch = { 'contact.persons': [contact], 'site.noun': 'SVG' }
  await changeSettings(at.ports, { ...ADMIN, site: 'acme', patch })
  for (const path of ['/acme/login', '/acme/help', '/acme/forgotten', '/acme/recover']) {
    const page = await at.knock(`GET ${path}`, { headers: { accept: 'text/html' } })
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.doesNotMatch(policy.match(/script-src[^;]*/)?.[0] ?? '', /unsafe|\*|https?:|data:/, path)
    assert.match(policy, /default-src 'none'|object-src 'none'/, path)
    assert.doesNotMatch(await page.text(), /<svg[^>]*onload/i, path)
  }
})
