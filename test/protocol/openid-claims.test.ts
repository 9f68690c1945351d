import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as client from 'openid-client'
import type { Evidence } from '#domain/evidence.ts'
import { seconds } from '#domain/time.ts'
import { RULES } from '#policy/rules.ts'
import { KINDS } from './kinds-of-sign-in.ts'
import { answerOf, browserWith, type OpenIdWorld, openIdWorld } from './openid-world.ts'

/** A kind of proof that is added has to be added here, and to a kind of sign-in. */
const EVERY_PROOF: Record<Evidence['kind'], true> = {
  password: true,
  app: true,
  code: true,
  external: true,
  break_glass: true,
  passkey: true,
  hardware: true,
  recovery: true,
}

const seen = { rules: new Set<string>(), proofs: new Set<string>() }

async function claimsOf(world: OpenIdWorld, token: string) {
  const asked = await world.request()
  const landed = await browserWith(world, token).open(asked.url)
  assert.equal(answerOf(landed), 'code')
  const tokens = await world.redeem(landed, asked)
  const first = tokens.claims()
  world.clock.pass(seconds(1))
  const later = (await client.refreshTokenGrant(world.wiki, tokens.refresh_token ?? '')).claims()
  assert.deepEqual([later?.acr, later?.['amr'], later?.auth_time], [first?.acr, first?.['amr'], first?.auth_time])
  return first
}

for (const { what, preset, settings = {}, signIn, acr, amr } of KINDS)
  test(`[OI-06] [R-157] [BY-10] a sign-in by ${what} claims ${acr} and ${amr.join(', ')}`, async (t) => {
    const world = await openIdWorld(t, { preset })
    await world.set(settings)
    const token = await signIn(world)
    const claims = await claimsOf(world, token)
    assert.deepEqual([claims?.acr, claims?.['amr']], [acr, amr])
    const file = await world.ports.store.sessionFile(world.site.id, world.ports.vault.digest(token), world.clock.now())
    assert.ok(file)
    const { evidence, rule } = file.session
    seen.rules.add(rule)
    for (const { kind } of evidence) seen.proofs.add(kind)
    const proved = Math.min(...evidence.map(({ at }) => at))
    assert.equal(claims?.auth_time, Math.floor(proved / 1_000), 'no claim is younger than what it rests on')
  })

test('[OI-06] [F10] these are all kinds of sign-in: every rule that lets somebody in, and every proof, is among them', () => {
  // An API key opens no session, a password on an API path is a password, and the last rule lets nobody in.
  const rules = RULES.map(([name]) => name).filter((name) => name !== 'api_path' && name !== 'no_method')
  assert.deepEqual([...seen.rules].toSorted(), rules.toSorted())
  assert.deepEqual([...seen.proofs].toSorted(), Object.keys(EVERY_PROOF).toSorted())
})

test('[OI-06] the documentation has every kind of sign-in with what it claims, and no other', () => {
  const page = readFileSync('docs/openid.md', 'utf8')
  const [, table = ''] = /\n\| a sign-in by \|.*?\n\|[-|]+\|\n(?<rows>(?:\|.*\n)+)/.exec(page) ?? []
  const wanted = KINDS.map(
    ({ what, acr, amr }) => `| ${what} | \`${acr}\` | ${amr.map((each) => `\`${each}\``).join(' ')} |`,
  )
  assert.deepEqual(table.trimEnd().split('\n'), wanted)
})
