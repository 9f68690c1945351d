import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Secret } from '#domain/secret.ts'
import { CODE, enrolmentLink, LINK, MONDAY_NINE, outgoing } from '../../test/contracts/courier-letters.ts'
import { isGsm7, smsParts } from './gsm7.ts'
import { renderEmail, renderSms } from './messages.ts'
import { en } from './texts/en.ts'

const SEED = 20_261_123

test('[S0.10] the mail begins with the code of six digits, in the subject and in the first line', () => {
  const { subject, text, html } = renderEmail(outgoing())
  assert.equal(subject, '493817 is your Acme ERP security code')
  assert.equal(text.split('\n')[0], '493817 is your Acme ERP security code.')
  assert.deepEqual(text.match(/\b\d{6}\b/g), [CODE])
  assert.deepEqual(html.match(/\b\d{6}\b/g), [CODE])
})

test('the mail says for whom, when, with what and from where, and until when the code works', () => {
  const { text } = renderEmail(outgoing())
  assert.match(text, /^For: Kim Example$/m)
  assert.match(text, /^When: 23 November 2026, 09:00 UTC$/m)
  assert.match(text, /^Browser: Firefox on Windows$/m)
  assert.match(text, /^Network address: 203\.0\.113\.9$/m)
  assert.match(text, /once, until 23 November 2026, 09:05 UTC\./)
  assert.match(text, /If this was not you/)
})

test('what nobody knows is left out, and a browser we do not know is not quoted', () => {
  const bare = renderEmail(outgoing({ address: null, userAgent: null, displayName: '' })).text
  assert.doesNotMatch(bare, /^(?:For|Browser|Network address):/m)
  const odd = renderEmail(outgoing({ userAgent: 'Call +1 555 0100 to keep your account' })).text
  assert.match(odd, /^Browser: not one we know$/m)
  assert.doesNotMatch(odd, /555/)
})

test('no link stands beside a code', () => {
  const mail = renderEmail(outgoing({ siteTitle: 'Acme https://evil.test/x', displayName: 'Kim http://evil.test' }))
  assert.doesNotMatch(mail.subject + mail.text + mail.html, /:\/\/|<a\b|href/)
})

test('the code is one run of text in the page, which has no picture and fetches nothing', () => {
  const { html } = renderEmail(outgoing())
  assert.match(html, new RegExp(`<strong[^>]*>${CODE}</strong> is your Acme ERP security code\\.`))
  assert.doesNotMatch(html, /<img|<link|<script|url\(|src=|background/i)
  assert.match(html, /<meta name="color-scheme" content="light dark">/)
})

test('[R-009] the mail to set up an app carries the link twice in the page, once in the text, and no secret', () => {
  const { subject, text, html } = renderEmail(outgoing({ letter: enrolmentLink }))
  assert.equal(subject, 'Set up your authenticator app for Acme ERP')
  assert.equal(text.split(LINK).length - 1, 1)
  assert.ok(html.includes(`<a href="${LINK}">${LINK}</a>`))
  assert.doesNotMatch(text + html, /otpauth|secret=|[A-Z2-7]{16}/)
  assert.match(text, /works until 23 November 2026, 09:04 UTC/)
})

test('a notice says what happened to whom it may concern', () => {
  const locked = renderEmail(outgoing({ letter: { kind: 'notice', notice: 'factor_locked' } }))
  assert.match(locked.subject, /Too many wrong security codes .* Acme ERP/)
  assert.match(locked.text, /^Somebody who knows your password/)
  assert.match(locked.text, /^Network address: 203\.0\.113\.9$/m)
  const added = renderEmail(outgoing({ letter: { kind: 'notice', notice: 'authenticator_added' } }))
  assert.match(added.subject, /An authenticator app was added to your Acme ERP account/)
  assert.match(added.text, /If it was not you/)
  assert.doesNotMatch(locked.text + added.text, /:\/\//)
})

test('names and titles are text, never markup and never a line of their own', () => {
  const mail = renderEmail(
    outgoing({ siteTitle: 'A&B <b>"ERP"</b>\r\nBcc: all@acme.test', displayName: '<script>alert(1)</script>\u202e' }),
  )
  assert.equal(mail.subject, '493817 is your A&B <b>"ERP"</b> Bcc: all@acme.test security code')
  assert.doesNotMatch(mail.html, /<script|<b>/)
  assert.match(mail.html, /A&amp;B &lt;b&gt;&quot;ERP&quot;&lt;\/b&gt; Bcc/)
  assert.doesNotMatch(mail.text, /^Bcc|\u202e/m)
})

test('[R-063] [F22] the SMS is the code, what it is for, and the last line that binds it to the host', () => {
  const sms = renderSms(outgoing({ channel: 'sms' }))
  assert.equal(sms, '493817 is your Acme ERP security code.\n\n@erp.acme.test #493817')
  assert.equal(smsParts(sms ?? ''), 1)
})

test('[R-063] a title that cannot be written in seven bits, or is an address, loses what it has to', () => {
  const sms = (siteTitle: string) => renderSms(outgoing({ channel: 'sms', siteTitle }))?.split('\n')[0]
  assert.equal(sms('Łódź – Zakład'), '493817 is your Lodz - Zaklad security code.')
  assert.equal(sms('Завод'), '493817 is your security code.')
  assert.equal(sms('https://evil.test/login'), '493817 is your evil.test/login security code.')
  assert.equal(sms('Two\r\n\r\n@evil.test #111111'), '493817 is your Two @evil.test #111111 security code.')
})

test('[R-063] a long title is shortened until the SMS has one part, and the last line stays whole', () => {
  const sms = renderSms(outgoing({ channel: 'sms', siteTitle: 'Consolidated Manufacturing '.repeat(10) })) ?? ''
  assert.equal(smsParts(sms), 1)
  assert.ok(sms.length > 150, 'the room is used')
  assert.match(sms, /^493817 is your Consolidated .*\.\.\. security code\.\n\n@erp\.acme\.test #493817$/)
})

test(`[R-063] whatever the title is, one part of seven bits, no link, the host's line last (seed ${SEED})`, () => {
  const title = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }))
  const property = fc.property(title, fc.constantFrom('123456', '12345678'), (siteTitle, code) => {
    const letter = { kind: 'code', code: new Secret(code), expiresAt: MONDAY_NINE } as const
    const sms = renderSms(outgoing({ channel: 'sms', siteTitle, letter })) ?? ''
    assert.ok(isGsm7(sms))
    assert.equal(smsParts(sms), 1)
    assert.ok(sms.startsWith(`${code} is your `))
    assert.ok(sms.endsWith(` security code.\n\n@erp.acme.test #${code}`))
    assert.equal(sms.split('\n').length, 3)
    assert.ok(!sms.includes('://'))
  })
  fc.assert(property, { seed: SEED, numRuns: 300 })
})

test('a notice by SMS is one part too; a link is nothing for an SMS', () => {
  for (const notice of Object.keys(en.notices) as (keyof typeof en.notices)[])
    for (const siteTitle of ['Acme ERP', '', 'A very long title '.repeat(12)]) {
      const sms = renderSms(outgoing({ channel: 'sms', siteTitle, letter: { kind: 'notice', notice } })) ?? ''
      assert.ok(isGsm7(sms), sms)
      assert.equal(smsParts(sms), 1, sms)
    }
  assert.equal(renderSms(outgoing({ channel: 'sms', letter: enrolmentLink })), null)
})

test('another language is another set of texts; one we do not have is English', () => {
  const german = { ...en, language: 'de', code: { ...en.code, rest: (site: string) => ` ist Ihr Code für ${site}` } }
  assert.equal(renderEmail(outgoing(), german).subject, '493817 ist Ihr Code für Acme ERP')
  assert.match(renderEmail(outgoing(), german).html, /<html lang="de" dir="ltr">/)
  for (const language of [null, '', 'en-GB', 'EN_us', 'tlh'])
    assert.match(renderEmail(outgoing({ language })).subject, /is your/)
})

test('[R-063] beside a host so long that Arabic or Hebrew would fill two parts, the SMS is in English and stays one', () => {
  const host = `${'very-long-'.repeat(5)}name.example.com`
  for (const language of ['he', 'ar']) {
    const short = renderSms(outgoing({ channel: 'sms', language, host: 'a.example' })) ?? ''
    assert.equal(smsParts(short), 1)
    assert.ok(!isGsm7(short))
    const long = renderSms(outgoing({ channel: 'sms', language, host })) ?? ''
    assert.equal(smsParts(long), 1)
    assert.match(long, /^493817 is your/)
    for (const sms of [short, long]) assert.match(sms, /\n\n@\S+ #493817$/)
  }
})

test('a mail in Hebrew runs from right to left, and its facts are set apart', () => {
  const { html } = renderEmail(outgoing({ language: 'he' }))
  assert.match(html, /<html lang="he" dir="rtl">/)
  assert.match(html, /: <bdi>/)
})
