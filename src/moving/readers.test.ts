import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from '#csv/read-csv.ts'
import { readAppTable } from './app-table.ts'
import type { Moved } from './moved.ts'
import { readOtpauthList } from './otpauth-list.ts'
import { readPrivacyIdea } from './privacyidea.ts'

const RFC = Buffer.from('12345678901234567890')
const BASE32 = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

function shown({ apps }: Moved) {
  return apps.map(({ line, username, secret, parameters: { digits, algorithm, period } }) => [
    line,
    username,
    Buffer.from(secret).equals(RFC),
    digits,
    algorithm,
    period,
  ])
}

function problems({ problems: found }: Moved) {
  return found.map(({ line, field, problem }) => `${line} ${field} ${problem}`)
}

test('otpauth addresses keep their parameters, and the account in the label is the user', () => {
  const moved = readOtpauthList(
    [
      '# exported on Monday',
      `otpauth://totp/Acme:kim@acme.test?secret=${BASE32}&issuer=Acme`,
      '',
      `otpauth://totp/Acme%3Asam?secret=${BASE32.toLowerCase()}&algorithm=SHA256&digits=8&period=60`,
      `otpauth://totp/op?secret=${BASE32}&algorithm=HMAC-SHA-512`,
    ].join('\r\n'),
  )
  assert.deepEqual(problems(moved), [])
  assert.deepEqual(shown(moved), [
    [2, 'kim@acme.test', true, 6, 'SHA1', 30],
    [4, 'sam', true, 8, 'SHA256', 60],
    [5, 'op', true, 6, 'SHA512', 30],
  ])
})

test('what cannot be taken over is named with its line', () => {
  const moved = readOtpauthList(
    [
      'https://example.com',
      `otpauth://hotp/kim?secret=${BASE32}&counter=1`,
      'otpauth://totp/kim?secret=1',
      'otpauth://totp/kim',
      'otpauth://totp/kim?secret=GEZDGNBV',
      `otpauth://totp/?secret=${BASE32}`,
      `otpauth://totp/kim?secret=${BASE32}&digits=5&algorithm=MD5&period=0`,
    ].join('\n'),
  )
  assert.deepEqual(moved.apps, [])
  assert.deepEqual(problems(moved), [
    '1 otpauth is no otpauth:// address',
    '2 otpauth is for hotp: only totp can be taken over',
    '3 secret is not base32',
    '4 secret is not base32',
    '5 secret has 40 bits; 64 are the least',
    '6 username is missing',
    '7 digits is 6, 7 or 8',
    '7 algorithm is SHA1, SHA256 or SHA512',
    '7 period is a number of seconds from 10 to 300',
  ])
})

test('a table has an otpauth address or a secret for each user', () => {
  const read = readCsv(
    `Username,otpauth,secret,digits,algorithm,period\nkim,,gezd gnbv gy3t qojq gezd gnbv gy3t qojq,8,,60\nsam,otpauth://totp/other?secret=${BASE32},,,,\n,otpauth://totp/Acme:op?secret=${BASE32},,,,\nlee,\n`,
  )
  const moved = readAppTable(read.kind === 'table' ? read.table : assert.fail())
  assert.deepEqual(shown(moved), [
    [2, 'kim', true, 8, 'SHA1', 60],
    [3, 'sam', true, 6, 'SHA1', 30],
    [4, 'op', true, 6, 'SHA1', 30],
  ])
  assert.deepEqual(problems(moved), ['5 row has 2 cells where the header has 6'])
  const odd = readCsv('username,password\nkim,x\n')
  assert.deepEqual(problems(readAppTable(odd.kind === 'table' ? odd.table : assert.fail())).length, 3)
})

test('a token file of privacyIDEA names user, secret and parameters; other tokens are counted and left', () => {
  const hex = RFC.toString('hex')
  const moved = readPrivacyIdea(
    [
      '# version: 2',
      `kim, ldap, acme, TOTP0001, ${hex}, totp, 6, 30`,
      `sam,ldap,acme,TOTP0002,${hex},TOTP,8,60,sha256`,
      `op,ldap,acme,HOTP0001,${hex},hotp,6,0`,
      `,,,TOTP0003,${hex},totp,6,30`,
      'lee,ldap,acme,TOTP0004,xyz,totp,6,30',
      '',
    ].join('\n'),
  )
  assert.deepEqual(shown(moved), [
    [2, 'kim', true, 6, 'SHA1', 30],
    [3, 'sam', true, 8, 'SHA256', 60],
  ])
  assert.deepEqual(problems(moved), ['6 secret is not hexadecimal'])
  assert.deepEqual(Object.fromEntries(moved.left), { 'tokens of the type hotp': 1, 'tokens that belong to nobody': 1 })
  assert.match(problems(readPrivacyIdea(`TOTP0001, ${hex}, totp, 6, 30`))[0] ?? '', /version 2/)
})
