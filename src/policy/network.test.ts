import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cidr, inNetworks, parseAddress, parseNetwork, sourceOf } from './network.ts'

const SEED = 20260105

test('[BY-07] [P20] networks are compared as numbers: 10.0.0.1 is neither 10.0.0.10 nor 10.0.0.100', () => {
  assert.ok(inNetworks('10.0.0.1', ['10.0.0.1']))
  assert.ok(inNetworks('10.0.0.1', ['10.0.0.1/32']))
  for (const other of ['10.0.0.10', '10.0.0.100', '110.0.0.1']) assert.ok(!inNetworks(other, ['10.0.0.1']))
  assert.ok(!inNetworks('10.100.0.1', ['10.1.0.0/16']))
})

test('[P20] a block holds its first and last address and not their neighbours', () => {
  const blocks: readonly [string, readonly string[], readonly string[]][] = [
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0']],
    ['192.168.1.64/26', ['192.168.1.64', '192.168.1.127'], ['192.168.1.63', '192.168.1.128']],
    ['192.0.2.77/24', ['192.0.2.0', '192.0.2.255'], ['192.0.3.0']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['2001:db8::1']],
    ['2001:db8::/32', ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'], ['2001:db9::', '2001:db7:ffff::']],
    ['2001:db8::8/125', ['2001:db8::8', '2001:db8::f'], ['2001:db8::7', '2001:db8::10']],
    ['::/0', ['::', 'ffff::1'], ['10.0.0.1']],
  ]
  for (const [block, inside, outside] of blocks) {
    for (const address of inside) assert.ok(inNetworks(address, [block]), `${address} in ${block}`)
    for (const address of outside) assert.ok(!inNetworks(address, [block]), `${address} not in ${block}`)
  }
})

test('[P20] an IPv4 address written as IPv6 is the IPv4 address, and so is a network', () => {
  for (const form of ['::ffff:10.1.2.3', '::FFFF:a01:203', '0:0:0:0:0:ffff:10.1.2.3', '[::ffff:10.1.2.3]']) {
    assert.deepEqual(parseAddress(form), parseAddress('10.1.2.3'))
    assert.ok(inNetworks(form, ['10.0.0.0/8']))
  }
  assert.deepEqual(parseNetwork('::ffff:10.0.0.0/104'), parseNetwork('10.0.0.0/8'))
  assert.equal(parseNetwork('::ffff:10.0.0.0/64'), undefined)
})

test('[P20] every textual form of an IPv6 address is the same address', () => {
  const forms = ['2001:db8::1', '2001:DB8:0:0::1', '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::0.0.0.1']
  for (const form of [...forms, '[2001:db8::1]', '2001:db8::1%eth0'])
    assert.deepEqual(parseAddress(form), { bits: 128, value: 0x20010db8000000000000000000000001n })
})

test('[P20] a double colon stands for one group or more', () => {
  assert.deepEqual(parseAddress('1:2:3:4:5:6:7::'), parseAddress('1:2:3:4:5:6:7:0'))
  assert.deepEqual(parseAddress('::2:3:4:5:6:7:8'), parseAddress('0:2:3:4:5:6:7:8'))
  assert.deepEqual(parseAddress('::'), { bits: 128, value: 0n })
})

test('[P20] what is no address is none: leading zeros, too much, too little, stray signs', () => {
  const v4 = [
    '010.0.0.1',
    '10.0.0.01',
    '256.0.0.1',
    '10.0.0',
    '10.0.0.0.1',
    '10.0.0.',
    '0x7f.0.0.1',
    '1e1.0.0.1',
    '-1.0.0.1',
  ]
  const stray = ['', ' 10.0.0.1', '10.0.0.1 ', '[10.0.0.1]', '10.0.0.1]', '10.0.0.1%eth0', '10.0.0.1/32', '١.0.0.1']
  const v6 = [
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:6:7:8::1::2',
    '12345::',
    'g::',
    '1:',
  ]
  const mixed = ['::10.0.0.01', '1.2.3.4::', '::1.2.3.4:1', '1:2:3:4:5:6:7:1.2.3.4', '::%', '[::1', '::1]']
  for (const text of [...v4, ...stray, ...v6, ...mixed]) assert.equal(parseAddress(text), undefined, text)
})

test('[P20] what is no network is refused where it is typed', () => {
  assert.ok(cidr.safeParse('10.0.0.0/8').success)
  for (const text of ['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', '10.0.0.0/8/8', '/8', '10.0.0.0/-1', '10.1', '::/129'])
    assert.ok(!cidr.safeParse(text).success, text)
  for (const text of ['[2001:db8::]/32', 'fe80::1%eth0/64', '10.0.0.0/8 ', 'office'])
    assert.equal(parseNetwork(text), undefined)
})

test('[P20] an address that is unknown or unreadable is in no network', () => {
  for (const address of [null, '', 'unknown', '10.0.0.1, 203.0.113.9'])
    assert.ok(!inNetworks(address, ['0.0.0.0/0', '::/0']))
  assert.ok(!inNetworks('10.0.0.1', ['nonsense', '10.0.0.0/99']))
})

test('[R-025] [P20] one client is one source: an IPv4 address, or the /64 of an IPv6 address, in any form', () => {
  assert.equal(sourceOf('10.1.2.3'), sourceOf('::ffff:10.1.2.3'))
  assert.notEqual(sourceOf('10.1.2.3'), sourceOf('10.1.2.4'))
  assert.equal(sourceOf('2001:db8:0:1::1'), sourceOf('2001:DB8:0:1:ffff:ffff:ffff:ffff'))
  assert.notEqual(sourceOf('2001:db8:0:1::1'), sourceOf('2001:db8:0:2::1'))
  // The bits of an IPv4 address are not those of an IPv6 network.
  assert.notEqual(sourceOf('0.0.0.1'), sourceOf('0:0:0:1::'))
  assert.equal(sourceOf(null), 'unknown')
  assert.equal(sourceOf('nonsense'), 'unknown')
})

test(`[P20] every address lies in its own block of any length, and in no other block of that length (seed ${SEED})`, () => {
  const octet = fc.integer({ min: 0, max: 255 })
  const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(address, address, fc.integer({ min: 0, max: 32 }), (one, other, length) => {
      const mask = length === 0 ? 0 : (-1 << (32 - length)) >>> 0
      const same = (number(one) & mask) >>> 0 === (number(other) & mask) >>> 0
      assert.ok(inNetworks(one, [`${one}/${length}`]))
      assert.equal(inNetworks(one, [`${other}/${length}`]), same)
    }),
    { seed: SEED, numRuns: 2_000 },
  )

  function number(text: string): number {
    return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  }
})

test(`[P20] no text makes the reading of addresses fail (seed ${SEED})`, () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.%[\]/]{0,40}$/))
  fc.assert(
    fc.property(text, (each) => {
      sourceOf(each)
      inNetworks(each, [each])
    }),
    { seed: SEED, numRuns: 5_000 },
  )
})
