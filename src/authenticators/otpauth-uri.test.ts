import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { TOTP, URI } from 'otpauth'
import { NEW_TOTP } from '#domain/authenticator.ts'
import { fromBase32 } from './base32.ts'
import { otpauthUri } from './otpauth-uri.ts'

const SECRET = Buffer.from('12345678901234567890')
const uriOf = (issuer: string, account: string) => otpauthUri({ secret: SECRET, issuer, account, parameters: NEW_TOTP })

test('[S2.5] [S4.6] the whole text: secret, issuer, SHA-1, six digits, 30 seconds', () => {
  assert.equal(
    uriOf('Acme ERP', 'sam@acme.test'),
    'otpauth://totp/Acme%20ERP:sam@acme.test' +
      '?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20ERP&algorithm=SHA1&digits=6&period=30',
  )
})

test('[S2.29] the issuer is in the label and in its parameter, with %20 and never a plus', () => {
  const uri = uriOf('Acme & Söhne + Co', 'sam+erp@acme.test')
  assert.ok(!uri.includes('+'))
  const url = new URL(uri)
  assert.equal(decodeURIComponent(url.pathname).split('/').at(-1), 'Acme & Söhne + Co:sam+erp@acme.test')
  assert.equal(url.searchParams.get('issuer'), 'Acme & Söhne + Co')
})

test('[EN-17] a colon in a name does not move the border of the label, written or encoded or full-width', () => {
  const uri = uriOf('Evil: Bank', 'admin:root：x@acme.test')
  const label = decodeURIComponent(uri.slice('otpauth://totp/'.length, uri.indexOf('?')))
  assert.equal(label, 'Evil- Bank:admin-root-x@acme.test')
})

test('[EN-17] nothing in a name adds a parameter or hides a part of the label', () => {
  const uri = uriOf('A?secret=AAAA&issuer=B#', 'x/../y&digits=1\u202Egnp\r\n\u0000')
  const url = new URL(uri)
  assert.deepEqual(url.searchParams.getAll('secret'), ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'])
  assert.deepEqual(url.searchParams.getAll('digits'), ['6'])
  assert.doesNotMatch(decodeURIComponent(uri), /[\u202E\r\n\u0000]/)
  assert.equal(uri.split('/').length, 4)
})

test('half a surrogate pair in a name is replaced, because it cannot be written in a text', () => {
  assert.ok(uriOf('Acme \uD83D', 'sam').includes('issuer=Acme%20%EF%BF%BD&'))
})

test('an imported secret keeps its parameters in its QR code', () => {
  const parameters = { digits: 8, algorithm: 'SHA512', period: 60 } as const
  const read = URI.parse(otpauthUri({ secret: SECRET, issuer: 'Acme', account: 'sam', parameters }))
  assert.ok(read instanceof TOTP)
  assert.deepEqual([read.issuer, read.label, read.secret.base32], ['Acme', 'sam', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'])
  assert.deepEqual([read.digits, read.algorithm, read.period], [8, 'SHA512', 60])
})

test('[EN-17] law: whatever the names are, the text keeps its form and brings the secret over whole', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => /[a-z0-9]/i.test(text))
  fc.assert(
    fc.property(name, name, fc.uint8Array({ minLength: 16, maxLength: 32 }), (issuer, account, secret) => {
      const uri = otpauthUri({ secret, issuer, account, parameters: NEW_TOTP })
      assert.match(
        uri,
        /^otpauth:\/\/totp\/[^/:?#]+:[^/:?#]+\?secret=[A-Z2-7]+&issuer=[^&+#]+&algorithm=SHA1&digits=6&period=30$/,
      )
      assert.deepEqual(fromBase32(new URL(uri).searchParams.get('secret') ?? ''), secret)
    }),
    { seed: 20_261_122, numRuns: 1_000 },
  )
})
