import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { days } from '#domain/time.ts'
import { pagesOf } from '../../test/pages-browser.ts'
import { otherThan, rows, signInWithCode, siteFor, waiting } from '../../test/steps.ts'
import { ADMIN, HOME, type World } from '../../test/world.ts'
import { explainUser } from './explain.ts'
import { proveAddress } from './prove-address.ts'
import type { UserFields } from './user-input.ts'
import { changeUser } from './users.ts'

const KIM = { ...ADMIN, site: DEMO_SITE, username: 'kim' }
const NEW = 'kim@elsewhere.test'

/** Kim has a session, and an administrator enters something else. */
async function entered(t: TestContext, fields: UserFields): Promise<World & { readonly token: string }> {
  const at = await siteFor(t, 'manufacturing')
  const { token } = await signInWithCode(at, 'kim')
  await enter(at, fields)
  return { ...at, token }
}

async function enter(at: World, fields: UserFields): Promise<void> {
  const outcome = await changeUser(at.ports, { ...KIM, fields })
  assert.equal(outcome.kind, 'saved', JSON.stringify(outcome))
  await at.pump()
}

const userOf = async ({ ports, site }: World) => (await ports.store.personFile(site.id, 'kim', ports.clock.now()))?.user

const codeTo = (at: World, to: string): string => {
  const sent = at.messages().find((each) => each.to === to && /\b\d{6}\b/.test(each.text))
  return /\b\d{6}\b/.exec(sent?.text ?? '')?.[0] ?? assert.fail(`no code went to ${to}`)
}

const prove = (at: World & { readonly token: string }, code: string) =>
  proveAddress(at.ports, { site: at.site.id, sessionToken: at.token, origin: HOME, code })

test('[R-062] [EN-15] a changed mailbox waits, is told to the old one, and takes the codes when it is proved', async (t) => {
  const at = await entered(t, { email: NEW })
  assert.equal((await userOf(at))?.email, 'kim@acme.test')
  const code = codeTo(at, NEW)
  const told = at.messages().find(({ subject }) => subject?.startsWith('Another email address'))
  assert.equal(told?.to, 'kim@acme.test')
  assert.match(told?.text ?? '', /Codes keep coming to where they came before/)
  waiting(await at.password('kim'))
  assert.equal(at.messages()[0]?.to, 'kim@acme.test', 'a sign-in sends nothing to an address that nobody has proved')

  const explained = await explainUser(at.ports, { site: DEMO_SITE, username: 'kim' })
  assert.ok(explained.kind === 'explained')
  assert.deepEqual(
    explained.waiting.map(({ channel, masked }) => [channel, masked]),
    [['email', 'k•••@elsewhere.test']],
  )

  assert.deepEqual(await prove(at, code), { kind: 'proved', channels: ['email'] })
  await at.pump()
  assert.deepEqual([at.messages()[0]?.to, (await userOf(at))?.email], ['kim@acme.test', NEW])
  assert.match(at.messages()[0]?.text ?? '', /no longer come to where you are reading this/)
  waiting(await at.password('kim'))
  assert.equal(at.messages()[0]?.to, NEW)
  assert.deepEqual(await prove(at, code), { kind: 'none' }, 'a code is good once')
  const log = (await at.trail()).filter(({ ev }) => /^user\.(address|email|changed)/.test(ev))
  assert.deepEqual(
    log.map(({ ev }) => ev),
    ['user.address.asked', 'user.email.changed'],
  )
  assert.doesNotMatch(JSON.stringify(log), /elsewhere\.test/, 'addresses stay out of what is written of users')
})

test('[R-062] mailbox and phone wait apart, and the code of one proves it alone', async (t) => {
  const at = await entered(t, { email: NEW, phone: '+4915550100077' })
  assert.deepEqual(await prove(at, codeTo(at, '+4915550100077')), { kind: 'proved', channels: ['sms'] })
  const kim = await userOf(at)
  assert.deepEqual([kim?.phone, kim?.email], ['+4915550100077', 'kim@acme.test'])
  assert.equal((await rows(at, 'user.phone.changed')).length, 1)
})

test('[R-062] five wrong codes end the wait, and so does a week; entered again, another code goes out', async (t) => {
  const at = await entered(t, { email: NEW })
  const first = codeTo(at, NEW)
  for (let wrong = 1; wrong <= 5; wrong += 1)
    assert.deepEqual(await prove(at, otherThan(first)), { kind: 'wrong' }, String(wrong))
  assert.deepEqual(await prove(at, first), { kind: 'none' })
  assert.equal((await rows(at, 'user.address.fail')).length, 5)
  await enter(at, { email: NEW })
  assert.notEqual(codeTo(at, NEW), first)
  at.clock.pass(days(7))
  assert.deepEqual(await prove(at, codeTo(at, NEW)), { kind: 'none' })
  assert.equal((await userOf(at))?.email, 'kim@acme.test')
})

test('[R-062] the address in force, entered again, takes the new one back', async (t) => {
  const at = await entered(t, { email: NEW })
  await enter(at, { email: 'kim@acme.test' })
  assert.deepEqual(await prove(at, codeTo(at, NEW)), { kind: 'none' })
  assert.deepEqual((await rows(at, 'user.changed'))[0]?.data, { fields: ['waiting email'] })
})

test('[EN-15] to take an address away first spares nobody the proof of the next one', async (t) => {
  const at = await entered(t, { email: null })
  assert.equal((await userOf(at))?.email, null)
  assert.match(at.messages('email')[0]?.text ?? '', /no longer come to where/, 'the one before is told')
  await enter(at, { email: NEW })
  assert.equal((await userOf(at))?.email, null)
  assert.deepEqual(await prove(at, codeTo(at, NEW)), { kind: 'proved', channels: ['email'] })
})

test('[R-062] the addresses of who never signed in, and the first of its kind, are taken as they come', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await enter(at, { email: NEW, phone: null })
  assert.equal((await userOf(at))?.email, NEW)
  await enter(at, { email: 'kim@acme.test' })
  await signInWithCode(at, 'kim')
  await enter(at, { phone: '+4915550100077' })
  assert.equal((await userOf(at))?.phone, '+4915550100077')
})

test('[R-062] where no channel is set up nobody is asked, and no code goes there', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await signInWithCode(at, 'kim')
  await at.mailbox.setBehaviour({ email: 'unconfigured' })
  await enter(at, { email: NEW })
  assert.equal((await userOf(at))?.email, NEW)
})

test('[R-062] the account page shows the address that waits, and takes its code', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const browser = pagesOf(at).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  await browser.submit('/acme/login/code', { code: at.codeFor('kim') })
  await enter(at, { email: NEW })
  const code = codeTo(at, NEW)
  assert.match((await browser.open('/acme/account')).text, /A code was sent to kim@elsewhere\.test\. Type it here/)
  assert.match(
    (await browser.submit('/acme/account/address', { code: otherThan(code) })).text,
    /That code was not right/,
  )
  const seen = await browser.submit('/acme/account/address', { code })
  assert.match(seen.text, /The new address is proved/)
  assert.doesNotMatch(seen.text, /A new address of yours/)
})
