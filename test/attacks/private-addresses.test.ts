import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '#domain/secret.ts'
import { createCourier } from '#delivery/courier.ts'
import { NOT_PUBLIC, reachOf } from '#delivery/reach.ts'
import { outgoing } from '../contracts/courier-letters.ts'
import { gateway, mail } from '../real-channels.ts'

// An administrator of a site points a channel at what is not theirs: the server's own machine, its neighbours, a cloud's metadata.

const INSIDE = [
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
  '0.0.0.0',
  '::1',
  '::',
  'fd00:ec2::254',
  'fe80::1',
  '::ffff:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '224.0.0.1',
  '255.255.255.255',
]

test('[AD-08] what is not the public internet is known in each of its spellings', () => {
  const reach = reachOf([])
  for (const address of INSIDE) assert.equal(reach(address), false, address)
  for (const address of ['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1', '9.255.255.255'])
    assert.equal(reach(address), true, address)
  // The deployment may open some of it, and nothing beside that.
  const opened = reachOf(['10.0.0.0/8'])
  assert.deepEqual([opened('10.1.2.3'), opened('192.168.1.1')], [true, false])
  assert.ok(NOT_PUBLIC.length > 20)
})

const smtp = (host: string, port = 25) => ({ kind: 'smtp', host, port, tls: 'none', from: 'a@acme.test' })
const http = (url: string) => ({ kind: 'http', url, message_parameter: 'm', receiver_parameter: 'r' })

test('[AD-08] an address inside is refused when it is saved, and so is what is no web address', () => {
  const courier = createCourier({ reach: reachOf([]) })
  const check = (channel: 'email' | 'sms', config: unknown, trusted = false) =>
    courier.check(channel, config, { trusted }).ok
  for (const address of INSIDE) {
    assert.equal(check('email', smtp(address)), false, address)
    const host = address.includes(':') ? `[${address}]` : address
    assert.equal(check('sms', http(`http://${host}/send`)), false, address)
    assert.equal(
      check('sms', { kind: 'gateways', gateways: [http('https://sms.example.com/'), http(`http://${host}/`)] }),
      false,
    )
  }
  for (const url of ['file:///etc/passwd', 'gopher://sms.example.com/', 'http://2130706433/', 'http://0x7f.1/'])
    assert.equal(check('sms', http(url)), false, url)
  // The deployment's own channels stand where it wants.
  assert.equal(check('email', smtp('10.1.2.3'), true), true)
})

test('[AD-08] a name that leads inside is refused when something is sent: nobody is connected to', async (t) => {
  const { url, requests } = await gateway(t)
  const { port, received } = await mail(t)
  const courier = createCourier({ reach: reachOf([]) })
  const send = (channel: 'email' | 'sms', config: object, trusted: boolean) =>
    courier.send(outgoing({ channel, trusted, config: new Secret(JSON.stringify(config)) }))
  const byName = [
    ['sms', http(url.replace('127.0.0.1', 'localhost'))],
    ['email', smtp('localhost', port)],
  ] as const
  for (const [channel, config] of byName) {
    const refused = await send(channel, config, false)
    assert.ok(refused.kind === 'failed')
    assert.match(refused.why, /private one, and only the operator/)
    assert.equal(refused.trouble, 'lasting')
    // What is said does not tell how the network inside looks.
    assert.doesNotMatch(refused.why, /127\.0\.0\.1|::1/)
  }
  assert.deepEqual([requests.length, received.length], [0, 0])
  for (const [channel, config] of byName) assert.equal((await send(channel, config, true)).kind, 'accepted')
})

test('[AD-08] a redirect inside is an answer like any other, and is not followed', async (t) => {
  const inside = await gateway(t)
  const { url } = await gateway(t, (response) => response.writeHead(302, { location: inside.url }).end())
  const result = await createCourier().send(outgoing({ channel: 'sms', config: new Secret(JSON.stringify(http(url))) }))
  assert.ok(result.kind === 'failed')
  assert.match(result.why, /redirects are not followed/)
  assert.deepEqual(inside.requests, [])
})
