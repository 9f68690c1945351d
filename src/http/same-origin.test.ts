import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromSameOrigin } from './same-origin.ts'

const HTTPS = 'https://login.example.com'
const LOOPBACK = 'http://localhost:4180'

function from(headers: Record<string, string>, origin = HTTPS): boolean {
  return fromSameOrigin(new Request(`${origin}/acme/login`, { method: 'POST', headers }), origin)
}

test('what browsers say about where a form comes from is believed', () => {
  assert.ok(from({ 'sec-fetch-site': 'same-origin' }))
  assert.ok(from({ 'sec-fetch-site': 'same-origin', origin: 'null' }))
  assert.ok(from({ origin: HTTPS }))
  assert.ok(from({ 'sec-fetch-site': 'none', origin: HTTPS }))
  assert.ok(from({ referer: `${HTTPS}/acme/login?x` }))
})

test('a form of somebody else, and one that says nothing, are refused', () => {
  assert.ok(!from({}))
  assert.ok(!from({ 'sec-fetch-site': 'cross-site' }))
  assert.ok(!from({ 'sec-fetch-site': 'same-site', referer: `${HTTPS}/acme/login` }))
  assert.ok(!from({ 'sec-fetch-site': 'cross-site', origin: HTTPS }))
  assert.ok(!from({ 'sec-fetch-site': 'none' }))
  assert.ok(!from({ origin: 'null' }))
  assert.ok(!from({ origin: 'https://evil.test', referer: `${HTTPS}/acme/login` }))
  assert.ok(!from({ origin: 'http://login.example.com' }))
  assert.ok(!from({ origin: 'https://login.example.com.evil.test' }))
  assert.ok(!from({ referer: 'https://evil.test/https://login.example.com/' }))
  assert.ok(!from({ referer: 'nonsense' }))
})

test('on loopback the names of the own machine are one, at the same port', () => {
  for (const name of ['localhost', '127.0.0.1', '[::1]'])
    assert.ok(from({ origin: `http://${name}:4180` }, LOOPBACK), name)
  assert.ok(!from({ origin: 'http://127.0.0.1:4181' }, LOOPBACK))
  assert.ok(!from({ origin: 'https://127.0.0.1:4180' }, LOOPBACK))
  assert.ok(!from({ origin: 'http://127.0.0.1' }, HTTPS))
})
