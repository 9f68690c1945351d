import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relyingParty } from './relying-party.ts'

const at = (origin: string) => relyingParty({ origin, siteAddresses: new Map() }, { name: 'acme' })

test('passkeys are made for the host people reach over https, or for localhost', () => {
  assert.deepEqual(at('https://login.example.com'), { id: 'login.example.com', origin: 'https://login.example.com' })
  assert.deepEqual(at('https://login.example.com:8443/x'), {
    id: 'login.example.com',
    origin: 'https://login.example.com:8443',
  })
  assert.deepEqual(at('http://localhost:4180'), { id: 'localhost', origin: 'http://localhost:4180' })
})

test('a name without https and an address of numbers have none, each for its own reason', () => {
  assert.equal(at('http://login.example.com'), 'insecure')
  assert.equal(at('https://10.0.0.5'), 'address')
  assert.equal(at('http://10.0.0.5:4180'), 'address')
  assert.equal(at('https://[2001:db8::1]'), 'address')
})
