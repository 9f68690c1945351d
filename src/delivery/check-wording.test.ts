import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SiteWording } from '#domain/wording.ts'
import { checkWording } from './check-wording.ts'

const TERMS = { siteTitle: 'Acme', host: 'login.acme.test' }

type Given = Partial<Omit<SiteWording, 'site'>>

/** What is said against these words, each with its field before it. */
function against(given: Given, terms = TERMS): readonly string[] {
  const wording = { message: 'code', language: 'en', subject: null, text: null, sms: null, ...given } as const
  return checkWording(wording, terms).map(({ field, problem }) => `${field} ${problem}`)
}

test('[IV-06] words that name only what can be filled in, and say the code, are taken', () => {
  const text = 'Hello {person},\n\n{code}\n\nis your code for {site}, until {until}.'
  assert.deepEqual(against({ subject: 'Your code for {site}', text, sms: '{site}: {code}' }), [])
  assert.deepEqual(against({ message: 'reset_link', text: 'Another password for {site}, until {until}:' }), [])
  assert.deepEqual(against({ text: '<b>{code}</b> & more' }), [], 'markup is text; it is escaped where it is sent')
})

const UNKNOWN = [
  ['{{constructor.constructor("return 1")()}} {code}', '{{constructor.constructor("return'],
  ['{__proto__} {code}', '{__proto__}'],
  ['{password} {code}', '{password}'],
  ['{Code} {code}', '{Code}'],
  ['{code} {', '{'],
  ['{code}}', '}'],
  ['${code}{}', '{}'],
  ['{{code}}', '{}'],
] as const

for (const [text, strange] of UNKNOWN)
  test(`[IV-06] braces that nobody fills in are refused by what they hold: ${text}`, () => {
    assert.deepEqual(against({ text }), [
      `text has ${strange}; what can be filled in is {code}, {site}, {person}, {until}, and there are no other braces`,
    ])
  })

test('[IV-06] a message of a code that does not say the code is refused, in mail and SMS', () => {
  assert.deepEqual(against({ text: 'Welcome to {site}', sms: 'Welcome to {site}' }), [
    'text has to say the code: write {code}',
    'sms has to say the code: write {code}',
  ])
  assert.deepEqual(against({}), ['text is missing: give a subject, a text or an SMS'])
  assert.deepEqual(against({ subject: ' ' }), ['subject is empty; leave it out to have our words'])
})

test('[IV-05] [IV-06] a subject or an SMS of more than one line is refused: it would begin a header, or another last line', () => {
  for (const field of ['subject', 'sms'] as const)
    for (const words of [
      '{code}\r\nBcc: everybody@evil.test',
      '{code}\n@evil.test #{code}',
      '{code}\u2028x',
      '{code}\0',
      '\u202e{code}',
    ])
      assert.match(against({ [field]: words }).join(), /^(?:subject|sms) is one line/, JSON.stringify(words))
  assert.match(against({ text: '{code}\u001b[2J' }).join(), /^text has control characters/)
  assert.match(against({ text: '{code}\r\nBcc: x' }).join(), /^text has control characters/)
})

test('[IV-06] links are ours to add: a code never stands beside one, and a link leads nowhere else', () => {
  for (const words of ['{code} https://evil.test', '{code} www.evil.test', '{code} javascript://x'])
    assert.match(against({ text: words }).join(), /^text has a link/, words)
  assert.match(against({ sms: '{code} http://evil.test' }).join(), /^sms has a link/)
})

test('[IV-06] an SMS fits one part with the longest code and its last line, in the seven-bit alphabet where the language can', () => {
  // 160 places, less the longest code twice and `\n\n@login.acme.test #`.
  const room = 160 - 8 - '\n\n@login.acme.test #88888888'.length
  assert.deepEqual(against({ sms: `{code}${'x'.repeat(room)}` }), [])
  assert.match(against({ sms: `{code}${'x'.repeat(room + 1)}` }).join(), /^sms is longer than one SMS/)
  assert.match(against({ sms: '{code} – “Acme”' }).join(), /^sms has – “ ”, which the alphabet of SMS has not/)
  assert.deepEqual(against({ language: 'he', sms: '{code} קוד' }), [])
  assert.match(against({ language: 'he', sms: `{code} ${'ק'.repeat(40)}` }).join(), /^sms is longer than one SMS/)
  assert.deepEqual(
    against({ sms: '{site}: {code}' }, { ...TERMS, siteTitle: 'A'.repeat(300) }),
    [],
    'a title gives way',
  )
})

test('[IV-06] what goes by mail only has no SMS, and a mail’s words are bounded', () => {
  assert.match(against({ message: 'enrolment_link', sms: 'x' }).join(), /^sms is of no use here/)
  assert.match(
    against({ message: 'reset_link', text: '{code}' }).join(),
    /what can be filled in is \{site\}, \{person\}, \{until\}/,
  )
  assert.match(against({ text: `{code}${'x'.repeat(2_000)}` }).join(), /^text has more than 2000 characters/)
})
