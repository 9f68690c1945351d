import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPskc } from './pskc.ts'
import type { PskcUnlock } from './pskc-key.ts'

const OPEN: PskcUnlock = { kind: 'none' }
const KEY: PskcUnlock = { kind: 'key', key: Buffer.from('12345678901234567890123456789012', 'hex') }
const SECRET = '12345678901234567890'
const AES = '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
const HMAC = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'

interface Written {
  readonly head?: string
  readonly serial?: string
  readonly type?: string
  readonly parameters?: string
  readonly secret?: string
  readonly data?: string
  readonly policy?: string
}

/** A container as RFC 6030 prints them. */
function container({
  head = '',
  serial = '987654321',
  type = 'hotp',
  parameters = '<ResponseFormat Length="8" Encoding="DECIMAL"/>',
  secret = `<PlainValue>${Buffer.from(SECRET).toString('base64')}</PlainValue>`,
  data = '<Counter><PlainValue>0</PlainValue></Counter>',
  policy = '',
}: Written = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- a delivery -->
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
  ${head}
  <KeyPackage>
    <DeviceInfo><Manufacturer>Maker &amp; Sons</Manufacturer><SerialNo>${serial}</SerialNo></DeviceInfo>
    <Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${type}">
      <AlgorithmParameters>${parameters}</AlgorithmParameters>
      <Data><Secret>${secret}</Secret>${data}</Data>
      ${policy}
    </Key>
  </KeyPackage>
</KeyContainer>`
}

const cipher = (value: string) =>
  `${AES}<xenc:CipherData><xenc:CipherValue>${value}</xenc:CipherValue></xenc:CipherData>`
const encrypted = (value: string, mac: string) =>
  `<EncryptedValue>${cipher(value)}</EncryptedValue><ValueMAC>${mac}</ValueMAC>`
const macMethod = (value: string) => `<MACMethod Algorithm="${HMAC}"><MACKey>${cipher(value)}</MACKey></MACMethod>`

/** RFC 6030, figure 6: a key that both sides have. */
const FIGURE_6 = {
  head: `<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>
    ${macMethod('ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX')}`,
  secret: encrypted('AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv', 'Su+NvtQfmvfJzF6bmQiJqoLRExc='),
}

/** RFC 6030, figure 7: a key derived from a password. */
const FIGURE_7 = {
  head: `<EncryptionKey><xenc11:DerivedKey><xenc11:KeyDerivationMethod
      Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><pkcs5:PBKDF2-params>
        <Salt><Specified>Ej7/PEpyEpw=</Specified></Salt><IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/>
      </pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod></xenc11:DerivedKey></EncryptionKey>
    ${macMethod('2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx')}`,
  secret: encrypted('oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f', 'LP6xMvjtypbfT9PdkJhBZ+D6O4w='),
}

function problemsOf(text: string, unlock = OPEN): readonly string[] {
  const { tokens, problems } = readPskc(text, unlock)
  assert.deepEqual(tokens, [])
  return problems.map(({ problem }) => problem)
}

test('[R-046] a counting token and one with a clock come out of a key container as they are in it', () => {
  const { tokens, problems } = readPskc(container({ data: '<Counter><PlainValue>42</PlainValue></Counter>' }), OPEN)
  assert.deepEqual(problems, [])
  const [token] = tokens
  assert.deepEqual(
    { ...token, secret: Buffer.from(token?.secret ?? []).toString() },
    {
      serial: '987654321',
      secret: SECRET,
      moves: 'counter',
      parameters: { digits: 8, algorithm: 'SHA1', period: 30 },
      last: 41,
    },
  )
  const clock = container({
    type: 'totp',
    parameters: '<Suite>HMAC-SHA256</Suite><ResponseFormat Length="6" Encoding="DECIMAL"/>',
    data: '<TimeInterval><PlainValue>60</PlainValue></TimeInterval>',
    policy: '<Policy><KeyUsage>OTP</KeyUsage></Policy>',
  })
  const [other] = readPskc(clock, OPEN).tokens
  assert.deepEqual([other?.moves, other?.parameters], ['clock', { digits: 6, algorithm: 'SHA256', period: 60 }])
})

test('[R-046] encrypted secrets open with the key or the password of RFC 6030, and with no other', () => {
  const opened = (text: string, unlock: PskcUnlock) =>
    Buffer.from(readPskc(text, unlock).tokens[0]?.secret ?? []).toString()
  assert.equal(opened(container(FIGURE_6), KEY), SECRET)
  assert.equal(opened(container(FIGURE_7), { kind: 'password', password: 'qwerty' }), SECRET)

  assert.match(
    problemsOf(container(FIGURE_6), { kind: 'key', key: Buffer.alloc(16) })[0] ?? '',
    /does not open with this key/,
  )
  assert.match(problemsOf(container(FIGURE_7), { kind: 'password', password: 'qwertz' })[0] ?? '', /does not open/)
  assert.match(problemsOf(container(FIGURE_6), OPEN)[0] ?? '', /the file takes its key/)
  assert.match(problemsOf(container(FIGURE_7), OPEN)[0] ?? '', /the file takes its password/)
  assert.match(problemsOf(container(FIGURE_7), KEY)[0] ?? '', /with a password, not with a key/)
  assert.match(problemsOf(container(FIGURE_6), { kind: 'password', password: 'qwerty' })[0] ?? '', /with a key/)
})

test('[R-046] a secret that was altered on its way, or that nobody could tell of, is not taken', () => {
  const altered = FIGURE_6.secret.replace('AAECAwQF', 'AAECAwQG')
  assert.match(problemsOf(container({ ...FIGURE_6, secret: altered }), KEY)[0] ?? '', /does not open/)
  const unsigned = FIGURE_6.secret.replace(/<ValueMAC>.*<\/ValueMAC>/, '')
  assert.match(problemsOf(container({ ...FIGURE_6, secret: unsigned }), KEY)[0] ?? '', /does not open/)
  const withoutMac = FIGURE_6.head.replace(/<MACMethod.*<\/MACMethod>/s, '')
  assert.match(problemsOf(container({ ...FIGURE_6, head: withoutMac }), KEY)[0] ?? '', /has no MACMethod/)
})

test('a key with conditions that nobody would keep here is refused, and so is one of another kind', () => {
  const refused = (written: Written) => problemsOf(container(written)).join()
  assert.match(refused({ policy: '<Policy><ExpiryDate>2027-01-01T00:00:00Z</ExpiryDate></Policy>' }), /ExpiryDate/)
  assert.match(refused({ policy: '<Policy><KeyUsage>Sign</KeyUsage></Policy>' }), /KeyUsage/)
  assert.match(refused({ type: 'ocra' }), /neither HOTP nor TOTP/)
  assert.match(refused({ parameters: '<ResponseFormat Length="6" Encoding="HEXADECIMAL"/>' }), /not decimal/)
  assert.match(refused({ parameters: '<ResponseFormat Length="6" CheckDigits="true"/>' }), /check digit/)
  assert.match(refused({ parameters: '<ResponseFormat Length="9"/>' }), /digits is 6, 7 or 8/)
  assert.match(refused({ data: '<Counter><EncryptedValue/></Counter>' }), /counter is a whole number/)
  assert.match(refused({ secret: '' }), /is missing/)
  assert.deepEqual(problemsOf('<other/>'), ['this is no key container of RFC 6030 (PSKC)'])
})
