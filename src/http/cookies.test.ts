import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clearCookie, cookieNames, readCookies, setCookie } from './cookies.ts'

const HTTPS = 'https://login.example.com'
const LOOPBACK = 'http://localhost:4180'
const LAN = 'http://login.lan:8080'

test('[R-152] [SE-13] every cookie is bound to its host, out of reach of scripts, and sent over secure connections only', () => {
  for (const origin of [HTTPS, LOOPBACK]) {
    for (const [what, name] of Object.entries(cookieNames('acme', origin))) {
      assert.equal(name, `__Host-cs-acme-${what}`)
      for (const cookie of [
        setCookie(name, 'st_abc', origin),
        setCookie(name, 'st_abc', origin, 60),
        clearCookie(name, origin),
      ]) {
        const [pair = '', ...attributes] = cookie.split('; ')
        assert.ok(pair.startsWith(`${name}=`))
        for (const wanted of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure'])
          assert.ok(attributes.includes(wanted), cookie)
        assert.ok(!/domain/i.test(cookie))
        assert.ok(cookie.length < 4096)
      }
    }
  }
})

test('plain http away from loopback gets cookies that a browser accepts there', () => {
  const { session } = cookieNames('acme', LAN)
  assert.equal(session, 'cs-acme-session')
  assert.equal(
    setCookie(session, 'st_abc', LAN, 60.9),
    'cs-acme-session=st_abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
  )
})

test('a value that would need quoting is not set', () => {
  assert.throws(() => setCookie('name', 'a;b', HTTPS))
  assert.throws(() => setCookie('name', 'a\r\nSet-Cookie: b', HTTPS))
})

test('[SE-15] a cookie that comes twice is as good as none', () => {
  const cookies = readCookies(
    'a=1; __Host-cs-acme-session=mine; b=2; __Host-cs-acme-session=planted; c=x=y; empty=; =no; no',
  )
  assert.equal(cookies.get('__Host-cs-acme-session'), undefined)
  assert.deepEqual(
    [...cookies],
    [
      ['a', '1'],
      ['b', '2'],
      ['c', 'x=y'],
      ['empty', ''],
    ],
  )
  assert.equal(readCookies(null).size, 0)
})
