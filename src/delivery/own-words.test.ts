import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '#domain/secret.ts'
import type { SiteWording } from '#domain/wording.ts'
import type { Written } from '#ports/delivery.ts'
import { renderEmail, renderSms } from './messages.ts'

const UNTIL = Date.UTC(2026, 10, 2, 9, 5)

const wording = (more: Partial<SiteWording>): SiteWording => ({
  site: 'site_acme',
  message: 'code',
  language: 'en',
  subject: null,
  text: null,
  sms: null,
  ...more,
})
const written = (own: Partial<SiteWording>, more: Partial<Written> = {}): Written => ({
  letter: { kind: 'code', code: new Secret('123456'), expiresAt: UNTIL },
  language: 'en',
  wordings: [wording(own)],
  displayName: 'Kim',
  siteTitle: 'Acme',
  host: 'login.acme.test',
  causedAt: UNTIL - 300_000,
  address: '198.51.100.7',
  userAgent: null,
  ...more,
})

test('[IV-06] a code goes out in the words of the site, with when, where and what to do said by us all the same', () => {
  const own = { subject: '{site}: your code', text: 'Hello {person}!\n\n{code}\n\nUntil {until}.' }
  const { subject, text, html } = renderEmail(written(own))
  assert.equal(subject, 'Acme: your code')
  const paragraphs = text.trimEnd().split('\n\n')
  assert.deepEqual(paragraphs.slice(0, 3), ['Hello Kim!', '123456', 'Until 2 November 2026, 09:05 UTC.'])
  assert.match(text, /Network address: 198\.51\.100\.7/)
  assert.match(text, /If this was not you/)
  assert.match(html, /<strong style="[^"]*">123456<\/strong>/)
})

test('[IV-06] what stands for a word is put in once and escaped in HTML: names are not templates', () => {
  const { text, html } = renderEmail(
    written({ text: '{person} <i>{code}</i>' }, { displayName: '{code}<script>', siteTitle: '{person}' }),
  )
  assert.match(text, /^\{code\}<script> <i>123456<\/i>\n/)
  assert.match(html, /<p>\{code\}&lt;script&gt; &lt;i&gt;123456&lt;\/i&gt;<\/p>/)
})

test('[IV-05] a name with a line break begins no header in a subject of the site’s own', () => {
  const { subject } = renderEmail(written({ subject: 'For {person}' }, { displayName: 'Kim\r\nBcc: all@evil.test' }))
  assert.equal(subject, 'For Kim Bcc: all@evil.test')
})

test('[IV-06] an SMS in own words keeps its last line, and falls back to ours where it does not fit any more', () => {
  assert.equal(renderSms(written({ sms: '{site} code: {code}' })), 'Acme code: 123456\n\n@login.acme.test #123456')
  const long = written({ sms: `{code}${'x'.repeat(110)}` }, { host: `${'h'.repeat(60)}.test` })
  assert.match(renderSms(long) ?? '', /^123456 is your Acme security code\./)
})

test('[IV-06] words of another language, or of another message, are not taken', () => {
  assert.match(renderEmail(written({ language: 'de', subject: 'Eigener' })).subject, /^123456 is your/)
  assert.match(renderEmail(written({ message: 'reset_link', subject: 'Mine' })).subject, /^123456 is your/)
  const swiss = written({ language: 'de', subject: 'Eigener', text: 'Code: {code}' }, { language: 'de-CH' })
  const { subject, text } = renderEmail(swiss)
  assert.equal(subject, 'Eigener')
  assert.match(text, /^Code: 123456\n/)
  assert.match(text, /Netzwerkadresse|Netz/)
})

test('[IV-06] a link follows on the words of the site', () => {
  const letter = {
    kind: 'reset_link',
    byAdministrator: false,
    link: new Secret('https://login.acme.test/acme/reset/x'),
    expiresAt: UNTIL,
  } as const
  const own = { message: 'reset_link', text: 'Another password for {site}, {person}:' } as const
  const unasked = renderEmail(written(own, { letter: { ...letter, byAdministrator: true } }))
  assert.doesNotMatch(
    unasked.text,
    /^Another password for Acme, Kim/,
    'one that its owner has not asked for is ours to word',
  )
  const { text } = renderEmail(written(own, { letter }))
  assert.deepEqual(text.split('\n\n').slice(0, 2), [
    'Another password for Acme, Kim:',
    'https://login.acme.test/acme/reset/x',
  ])
})
