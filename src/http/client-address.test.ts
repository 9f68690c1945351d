import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from '#policy/network.ts'
import { canonicalAddress, clientAddress } from './client-address.ts'

const proxies = (address: string): boolean => address.startsWith('10.')

test('without a trusted proxy the peer is the client, whatever the header says', () => {
  for (const header of [null, '', '203.0.113.9', '203.0.113.9, 10.0.0.1', 'unknown']) {
    assert.equal(clientAddress('198.51.100.7', header, proxies), '198.51.100.7')
  }
})

test('[R-025] behind trusted proxies the list is read from its end, up to the first address nobody vouches for', () => {
  assert.equal(clientAddress('10.0.0.1', '203.0.113.9', proxies), '203.0.113.9')
  assert.equal(clientAddress('10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', proxies), '203.0.113.9')
  assert.equal(clientAddress('10.0.0.1', '10.0.0.3, 10.0.0.2', proxies), '10.0.0.3')
  assert.equal(clientAddress('10.0.0.1', null, proxies), '10.0.0.1')
  // What cannot be read ends the search at the last address that could be.
  assert.equal(clientAddress('10.0.0.1', '203.0.113.9, nonsense', proxies), '10.0.0.1')
  assert.equal(clientAddress('10.0.0.1', '203.0.113.9, nonsense, 10.0.0.2', proxies), '10.0.0.2')
  assert.equal(clientAddress('::ffff:10.0.0.1', '203.0.113.9:51234', proxies), '203.0.113.9')
})

test('an address has one text', () => {
  const forms = [
    '2001:db8::1',
    '2001:DB8:0:0:0:0:0:1',
    '2001:0db8::0001',
    '[2001:db8::1]',
    '[2001:db8::1]:443',
    '2001:db8::1%eth0',
    ' 2001:db8::0.0.0.1 ',
  ]
  for (const form of forms) assert.equal(canonicalAddress(form), '2001:db8::1', form)
  for (const form of ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '192.0.2.1:80', '[::ffff:192.0.2.1]:80']) {
    assert.equal(canonicalAddress(form), '192.0.2.1', form)
  }
  for (const form of ['', 'localhost', '192.0.2', '192.0.2.1.5', '192.0.2.256', '::1::', '1:2', '"_hidden"']) {
    assert.equal(canonicalAddress(form), null, form)
  }
})

test('all addresses of one IPv6 network are one source, in every form', () => {
  const seen = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::', '[2001:db8:1:2::1]:9', '2001:0db8:0001:0002:0:0:0:9'].map(
    (form) => sourceOf(canonicalAddress(form)),
  )
  assert.equal(new Set(seen).size, 1)
  assert.notEqual(sourceOf(canonicalAddress('2001:db8:1:3::1')), seen[0])
})
