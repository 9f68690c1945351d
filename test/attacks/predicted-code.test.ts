import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { hotp } from '#authenticators/hotp.ts'
import { SETTINGS } from '#policy/settings.ts'
import { seededRandom, systemRandom } from '../../src/system/random.ts'
import type { Random } from '#ports/system.ts'
import { changeSettings } from '#usecases/settings.ts'
import { signIn } from '#usecases/sign-in.ts'
import { Secret } from '#domain/secret.ts'
import { demoUser, look, shown } from '../enrolment-steps.ts'
import { siteFor, waiting } from '../steps.ts'
import { ADMIN, HOME } from '../world.ts'

// Somebody has seen many codes and computes the next one, or has the codes made short, or finds digits that come up more often.

/** Chance that is written down as it is drawn. */
function watched(random: Random): { readonly random: Random; readonly drawn: string[] } {
  const drawn: string[] = []
  const bytes: Random['bytes'] = (length) => {
    const made = random.bytes(length)
    drawn.push(Buffer.from(made).toString('hex'))
    return made
  }
  return { random: { bytes }, drawn }
}

test('[R-005] a code has six to eight digits; fewer cannot be set', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (const digits of [4, 5, 9, '6', 0]) {
    const outcome = await changeSettings(at.ports, { ...ADMIN, site: DEMO_SITE, patch: { 'code.digits': digits } })
    assert.equal(outcome.kind, 'invalid', `${digits} digits`)
  }
  for (const digits of [6, 7, 8]) {
    await at.set({ 'code.digits': digits })
    waiting(await at.password('kim'))
    assert.equal(at.codeFor('kim').length, digits)
  }
  assert.equal(SETTINGS['code.digits'].default, 6)
})

test('[R-005] the secret of sent codes is 160 bits drawn from the generator, another one for each user', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const secrets = new Set<string>()
  for (const username of ['kim', 'sam', 'op']) {
    const { random, drawn } = watched(at.ports.random)
    const password = new Secret(demoUser(username).password)
    const input = { site: at.site.id, username, password, surface: 'form', origin: HOME } as const
    waiting(await signIn({ ...at.ports, random }, input))
    const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
    const sealed = file?.counters.sealedCodeSecret
    assert.ok(file && sealed)
    const secret = Buffer.from(at.ports.vault.open(sealed, `codes:${file.user.id}`))
    assert.equal(secret.length, 20)
    assert.ok(drawn.includes(secret.toString('hex')), 'the secret was not drawn')
    secrets.add(secret.toString('hex'))
  }
  assert.equal(secrets.size, 3)
})

test('[R-005] 20,000 codes of one secret are spread evenly, digit by digit and as a whole (chi-square, seeded)', () => {
  const secret = seededRandom('even').bytes(20)
  const codes = Array.from({ length: 20_000 }, (_, counter) => hotp(secret, counter))
  const groups = [0, 1, 2, 3, 4, 5].map((place) => (code: string) => Number(code[place]))
  // 99.99 % quantiles of chi-square with 9 and 99 degrees of freedom.
  for (const group of groups) assert.ok(chiSquare(codes.map(group), 10) < 33.72)
  assert.ok(
    chiSquare(
      codes.map((code) => Number(code) % 100),
      100,
    ) < 160.1,
  )
  assert.ok(
    chiSquare(
      codes.map((code) => Math.floor(Number(code) / 10_000)),
      100,
    ) < 160.1,
  )
  // The measure finds what is not even.
  assert.ok(
    chiSquare(
      codes.map((code) => Math.min(Number(code[0]), 8)),
      10,
    ) > 33.72,
  )
})

test('[R-040] a new app secret is 160 bits, all of them from the generator', async (t) => {
  const at = await siteFor(t, 'retail')
  const { random, drawn } = watched(systemRandom)
  const password = new Secret(demoUser('kim').password)
  const input = { site: at.site.id, username: 'kim', password, surface: 'form', origin: HOME } as const
  const pending = waiting(await signIn({ ...at.ports, random }, input))
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(file?.enrolment)
  const secret = Buffer.from(at.ports.vault.open(file.enrolment.sealedSecret, file.enrolment.id))
  assert.equal(secret.length * 8, 160)
  assert.ok(drawn.includes(secret.toString('hex')))
  assert.equal(shown(await look(at, pending)).secret.length, 32)
})

function chiSquare(values: readonly number[], cells: number): number {
  const expected = values.length / cells
  const counts = Array<number>(cells).fill(0)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}
