import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes } from '#domain/time.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { ChallengeView } from '#usecases/pending-view.ts'
import { en } from '../texts/en.ts'
import { accountPage } from './account-page.ts'
import { type CodePage, codePage } from './code-page.ts'
import { contactList } from './contacts.ts'
import { failurePage } from './error-page.ts'
import { loginPage } from './login-page.ts'
import { ownThings } from './own-things.ts'

const NOON = Date.UTC(2026, 10, 2, 12)
const MARKUP = `"><script>alert('1')</script>&amp;`
const FRAME = { texts: en, base: '', site: { name: 'acme', title: 'Acme', path: '/acme' } }
const NOTHING = { next: undefined, application: undefined, login: undefined }

function codePageWith(view: Partial<ChallengeView>, more: Partial<CodePage> = {}): string {
  const asked: ChallengeView = {
    kind: 'challenge',
    resendCooldownSeconds: 30,
    method: 'email',
    methods: ['email'],
    sending: { state: 'accepted', channel: 'email', to: 'k•••@acme.test', insteadOf: null },
    channels: [{ channel: 'email', to: 'k•••@acme.test', resendAt: NOON + 20_500 }],
    codeExpiresAt: NOON + minutes(5),
    digits: 6,
    failed: 0,
    attemptsLeft: 5,
    contacts: [],
    reference: null,
    rememberHours: 168,
    betterThanSms: true,
    ...view,
  }
  const page = {
    ...FRAME,
    carried: NOTHING,
    now: NOON,
    person: 'Kim',
    application: null,
    problem: null,
    invalid: false,
    remember: true,
    passkey: null,
    ...more,
  }
  return codePage({ ...page, view: asked }).toString()
}

test('markup in contact texts is shown as text', () => {
  const contact: ContactPerson = { name: MARKUP, phone: MARKUP, email: MARKUP, text: MARKUP }
  const list = contactList(en, [contact])?.toString() ?? ''
  assert.ok(!list.includes('<script') && !list.includes("alert('"))
  assert.equal(list.match(/&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&amp;amp;/g)?.length, 4)
  assert.doesNotMatch(list, /href="tel:/, 'what is no number is no link')
})

test('a contact person can be called and written to', () => {
  const list =
    contactList(en, [{ name: 'Robin', phone: '+49 (30) 12-34', email: 'r&b@acme.test', text: '' }])?.toString() ?? ''
  assert.match(list, /href="tel:\+49301234"/)
  assert.match(list, /href="mailto:r%26b@acme\.test"/)
  assert.equal(contactList(en, []), null)
})

test('whatever a person or a program sent is text on every page', () => {
  const frame = { texts: en, base: '', site: { name: 'acme', title: MARKUP, path: '/acme' } }
  const carried = { next: MARKUP, application: MARKUP, login: MARKUP }
  const session = {
    evidence: [{ kind: 'external', provider: MARKUP, multiFactor: false, at: NOON }],
    rule: MARKUP,
    createdAt: NOON,
  } as const
  const held = [{ id: 'aut_a', kind: 'passkey', label: MARKUP, createdAt: NOON, lastUsedAt: NOON }] as const
  const own = 'ses_a'
  const none = { waiting: [], recoveryLeft: 0, usedRecovery: false, devices: [], sessions: [], own } as const
  const said = { notice: MARKUP, problem: null, things: ownThings({ ...frame, ...none, held }) }
  const pages = [
    loginPage({
      ...frame,
      carried,
      action: MARKUP,
      username: MARKUP,
      problem: MARKUP,
      notice: MARKUP,
      application: MARKUP,
      signedIn: MARKUP,
      providers: [{ title: MARKUP, href: MARKUP }],
    }),
    failurePage({ ...frame, title: MARKUP, detail: MARKUP }),
    accountPage({ ...frame, person: MARKUP, username: MARKUP, application: MARKUP, session, expiresAt: NOON, ...said }),
    codePageWith(
      { sending: { state: 'failed', channel: 'sms', to: MARKUP } },
      { ...frame, carried, person: MARKUP, application: MARKUP, problem: MARKUP },
    ),
  ]
  for (const page of pages) assert.ok(!page.includes('<script'))
})

test('[R-240] [F22] one text field for the code: filled by the browser, with number keys, as long as anybody pastes', () => {
  const field = /<input id="code"[^>]*>/.exec(codePageWith({}))?.[0] ?? ''
  assert.match(field, / type="text"/)
  assert.match(field, / inputmode="numeric"/)
  assert.match(field, / autocomplete="one-time-code"/)
  assert.match(field, / aria-describedby="code-hint"/)
  assert.doesNotMatch(field, /maxlength|pattern|aria-invalid/)
  assert.match(codePageWith({}), /<label for="code">Security code<\/label>/)
})

test('a problem is said in the title and linked to the field', () => {
  const page = codePageWith({}, { problem: 'That code is not right.', invalid: true })
  assert.match(page, /<title>Error: Enter your security code – Acme<\/title>/)
  assert.match(page, /<div class="problem" id="problem" role="alert"><p>That code is not right\./)
  assert.match(page, /<input id="code"[^>]* aria-describedby="problem code-hint" aria-invalid="true"/)
})

test('[R-061] a code that comes by SMS comes with its risk, and with a better method where the site allows one', () => {
  const sending = { state: 'accepted', channel: 'sms', to: '•••• 567', insteadOf: null } as const
  const offered = codePageWith({ sending })
  assert.match(offered, /Others can take over a phone number or read its messages\./)
  assert.match(offered, /An authenticator app or a passkey is safer: set one up on your account page\./)
  const alone = codePageWith({ sending, betterThanSms: false })
  assert.match(alone, /Others can take over a phone number/)
  assert.doesNotMatch(alone, /is safer/)
  assert.doesNotMatch(codePageWith({ sending: { ...sending, channel: 'email' } }), /take over a phone number/)
})

test('[S2.8] where there are several methods, the app carries the mark "recommended"', () => {
  const both = codePageWith({ method: 'app', methods: ['app', 'email'], sending: null })
  assert.match(both, /Code from your authenticator app <span class="mark">recommended<\/span>/)
  assert.doesNotMatch(codePageWith({}), /recommended/)
})

test('a time limit is said with its zone, and a wait never too short', () => {
  const page = codePageWith({})
  assert.match(page, /It works for 5 minutes, until <time datetime="2026-11-02T12:05:00Z">12:05:00 UTC<\/time>/)
  assert.match(page, /another code from <time datetime="2026-11-02T12:00:21Z">12:00:21 UTC<\/time>/)
  const midnight = codePageWith({ codeExpiresAt: NOON + minutes(750) })
  assert.match(midnight, /3 November 2026, 00:30 UTC/)
  assert.match(codePageWith({ codeExpiresAt: NOON }), /Its time is up/)
})

test('a message that has not left is not claimed to have', () => {
  const page = codePageWith({ sending: { state: 'on_its_way', channel: 'sms', to: '•••• 567', insteadOf: null } })
  assert.match(page, /Your code is on its way by SMS/)
  assert.doesNotMatch(page, /We sent/)
  assert.match(codePageWith({ sending: { state: 'not_sent', until: null } }), /No code was sent/)
  const until = Date.UTC(2026, 10, 2, 10)
  assert.match(
    codePageWith({ sending: { state: 'not_sent', until } }),
    /No code was sent.*another code from <time datetime="2026-11-02T10:00/s,
  )
})

test('where a browser cannot be remembered there is no box for it', () => {
  assert.match(codePageWith({ rememberHours: 36 }), /again for 36 hours/)
  assert.match(codePageWith({ rememberHours: 24 }), /again for 24 hours/)
  assert.doesNotMatch(codePageWith({ rememberHours: 0 }), /checkbox/)
})
