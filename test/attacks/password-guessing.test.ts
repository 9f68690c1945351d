import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { seconds } from '#domain/time.ts'
import { type SignInOutcome, signIn } from '#usecases/sign-in.ts'
import { changeUser } from '#usecases/users.ts'
import { demoUser } from '../enrolment-steps.ts'
import { opened, otherThan, rows, siteFor, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

// Somebody without the password guesses it, over and over, under every spelling of the name and from every address they have. They
// must become slow, and the owner, at home, must not notice.

function guess(at: World, username: string, address: string, password = 'a guess'): Promise<SignInOutcome> {
  const origin = { ...HOME, address }
  return signIn(at.ports, { site: at.site.id, username, password: new Secret(password), surface: 'form', origin })
}

async function guesses(at: World, username: string, address: string, times: number): Promise<SignInOutcome['kind'][]> {
  const kinds: SignInOutcome['kind'][] = []
  for (let count = 0; count < times; count += 1) kinds.push((await guess(at, username, address)).kind)
  return kinds
}

async function consecutive(at: World, username: string): Promise<number | undefined> {
  return (await at.ports.store.personFile(at.site.id, username, at.clock.now()))?.counters.consecutive
}

const ELSEWHERE = '203.0.113.66'

test('[BF-10] [R-023] two hundred wrong passwords slow their source down and leave the owner alone', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const kinds = await guesses(at, 'kim', ELSEWHERE, 200)
  assert.deepEqual(new Set(kinds.slice(0, 10)), new Set(['invalid-credentials']))
  assert.deepEqual(new Set(kinds.slice(10)), new Set(['password-throttled']))
  assert.equal((await guess(at, 'kim', ELSEWHERE, demoUser('kim').password)).kind, 'password-throttled')
  assert.equal(await consecutive(at, 'kim'), 0)

  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
})

test('[R-023] the wait is half a minute at first and doubles; it ends', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await guesses(at, 'kim', ELSEWHERE, 10)
  for (const wait of [30, 60, 120]) {
    const blocked = await guess(at, 'kim', ELSEWHERE)
    assert.deepEqual(blocked, { kind: 'password-throttled', retryAt: at.clock.now() + seconds(wait) })
    at.clock.pass(seconds(wait))
    assert.equal((await guess(at, 'kim', ELSEWHERE)).kind, 'invalid-credentials')
  }
  at.clock.pass(seconds(240))
  waiting(await guess(at, 'kim', ELSEWHERE, demoUser('kim').password))
})

test('[R-023] failed codes and wrong passwords are counted apart', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (let count = 0; count < 4; count += 1) {
    const pending = waiting(await at.password('kim'))
    await type(at, pending, otherThan(at.codeFor('kim')))
    assert.equal((await at.password('kim', { password: 'not hers' })).kind, 'invalid-credentials')
  }
  assert.equal(await consecutive(at, 'kim'), 4)
  assert.equal((await rows(at, 'auth.password.throttled')).length, 0)
  for (let count = 0; count < 9; count += 1) await at.password('kim', { password: 'not hers' })
  assert.equal(await consecutive(at, 'kim'), 4)
})

test('[R-024] every spelling of a name is one user: for passwords and for codes', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const spellings = ['kim', 'KIM', 'Kim', ' kim ', 'ｋｉｍ', 'ＫＩＭ']
  for (const [index, username] of spellings.entries()) {
    const { password } = demoUser('kim')
    const pending = waiting(await at.password(username, { password }))
    const refused = await type(at, pending, otherThan(at.codeFor('kim')))
    assert.ok(refused.kind === 'refused')
    assert.equal(refused.failedCodes, index + 1)
  }
  for (let count = 0; count < 10; count += 1) await guess(at, String(spellings[count % spellings.length]), ELSEWHERE)
  for (const username of spellings) assert.equal((await guess(at, username, ELSEWHERE)).kind, 'password-throttled')
  assert.equal((await guess(at, 'sam', ELSEWHERE)).kind, 'invalid-credentials')
})

test('[R-025] an IPv6 network of /64 is one source, however its addresses are written; its neighbour is another', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const inside = [
    '2001:db8:1:2::1',
    '2001:0DB8:0001:0002:0:0:0:2',
    '2001:db8:1:2:ffff::3',
    '2001:db8:1:2:a:b:c:d',
    '2001:db8:1:2::0.0.0.5',
  ]
  for (let count = 0; count < 10; count += 1) await guess(at, 'kim', String(inside[count % inside.length]))
  for (const address of inside) assert.equal((await guess(at, 'kim', address)).kind, 'password-throttled', address)
  assert.equal((await guess(at, 'kim', '2001:db8:1:3::1')).kind, 'invalid-credentials')
})

test('[R-025] an IPv4 address is one source in its mapped form too', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await guesses(at, 'kim', ELSEWHERE, 5)
  await guesses(at, 'kim', `::ffff:${ELSEWHERE}`, 5)
  assert.equal((await guess(at, 'kim', '::ffff:cb00:7142')).kind, 'password-throttled')
  assert.equal((await guess(at, 'kim', '203.0.113.67')).kind, 'invalid-credentials')
})

test('[R-025] guessing at many names from one source is slowed down too', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (let count = 0; count < 100; count += 1) await guess(at, `nobody-${count}`, ELSEWHERE)
  assert.equal((await guess(at, 'somebody-new', ELSEWHERE)).kind, 'password-throttled')
  waiting(await at.password('kim'))
})

test('[R-022] [R-023] of sixty parallel guesses the right one is not let through behind the tenth wrong one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const wrong = Array.from({ length: 60 }, () => guess(at, 'kim', ELSEWHERE))
  const right = guess(at, 'kim', ELSEWHERE, demoUser('kim').password)
  const kinds = (await Promise.all(wrong)).map(({ kind }) => kind)
  assert.ok(kinds.filter((kind) => kind === 'invalid-credentials').length <= 10, kinds.join(' '))
  assert.equal((await right).kind, 'password-throttled')
})

test('[R-103] [SE-16] the right password of a disabled user is counted, slowed down and written down like a wrong one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const order = { ...ADMIN, site: DEMO_SITE, username: 'kim', fields: { status: 'disabled' } } as const
  assert.equal((await changeUser(at.ports, order)).kind, 'saved')
  const kinds: string[] = []
  for (let count = 0; count < 11; count += 1)
    kinds.push((await guess(at, 'kim', ELSEWHERE, demoUser('kim').password)).kind)
  assert.deepEqual(kinds, [...Array.from({ length: 10 }, () => 'invalid-credentials'), 'password-throttled'])
  assert.equal((await rows(at, 'auth.password.fail')).length, 10)
  assert.equal((await rows(at, 'auth.password.ok')).length, 0)
})
