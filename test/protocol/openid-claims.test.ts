import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import * as client from 'openid-client'
import { seconds } from '#domain/time.ts'
import type { PresetName } from '#policy/presets.ts'
import { setChannel } from '#usecases/channels.ts'
import { breakGlass } from '#usecases/break-glass.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { signInExternally } from '#usecases/sign-in-external.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { opened, signInWithCode, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'
import { answerOf, browserWith, type OpenIdWorld, openIdWorld } from './openid-world.ts'

/** One kind of sign-in: how it comes about, and what may be claimed of it. Written out by hand. */
interface Row {
  readonly what: string
  readonly preset: PresetName
  readonly settings?: Readonly<Record<string, unknown>>
  readonly signIn: (world: World) => Promise<string>
  readonly acr: 'aal1' | 'aal2'
  readonly amr: readonly string[]
}

const external = async (world: World, mode: 'skip' | 'trust_amr', multiFactor: boolean) =>
  opened(
    await signInExternally(world.ports, {
      site: world.site.id,
      username: 'kim',
      provider: 'corp',
      mode,
      multiFactor,
      origin: HOME,
    }),
  )

async function withFullApp(world: World): Promise<{ token: string; deviceToken: string }> {
  const secret = await withApp(world, 'kim')
  const done = await type(world, waiting(await world.password('kim')), appCode(world, secret), true)
  assert.ok(done.kind === 'signed-in' && done.deviceToken !== null)
  return { token: done.token, deviceToken: done.deviceToken }
}

const TABLE: readonly Row[] = [
  {
    what: 'nothing but a password, because two-factor authentication is off',
    preset: 'manufacturing',
    settings: { 'two_factor.enabled': false },
    signIn: async (world) => opened(await world.password('kim')),
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'nothing but a password, because nothing is required',
    preset: 'manufacturing',
    settings: { 'two_factor.require_all': false },
    signIn: async (world) => opened(await world.password('kim')),
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'an authenticator app',
    preset: 'erp',
    settings: { 'challenge.interval_hours': 168 },
    signIn: async (world) => (await withFullApp(world)).token,
    acr: 'aal2',
    amr: ['pwd', 'otp', 'mfa'],
  },
  {
    what: 'a code by SMS',
    preset: 'fleet',
    settings: { 'two_factor.require_all': true },
    signIn: async (world) => (await signInWithCode(world, 'kim')).token,
    acr: 'aal2',
    amr: ['pwd', 'sms', 'mfa'],
  },
  {
    what: 'a code by email',
    preset: 'manufacturing',
    signIn: async (world) => (await signInWithCode(world, 'kim')).token,
    acr: 'aal1',
    amr: ['pwd', 'email'],
  },
  {
    what: 'a remembered browser, whatever it was remembered for',
    preset: 'erp',
    settings: { 'challenge.interval_hours': 168 },
    async signIn(world) {
      const { deviceToken } = await withFullApp(world)
      return opened(await world.password('kim', { deviceToken }))
    },
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'an exemption',
    preset: 'manufacturing',
    async signIn(world) {
      const order = {
        ...ADMIN,
        site: 'acme',
        username: 'kim',
        reason: 'no_real_email',
        note: '',
        expiresAt: null,
      } as const
      assert.equal((await grantBypass(world.ports, order)).kind, 'saved')
      return opened(await world.password('kim'))
    },
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'a trusted network',
    preset: 'manufacturing',
    settings: { 'network.trusted': ['198.51.100.0/24'] },
    signIn: async (world) => opened(await world.password('kim')),
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'a code of the operator in an emergency',
    preset: 'manufacturing',
    async signIn(world) {
      const made = await breakGlass(world.ports, { ...ADMIN, site: 'acme', username: 'kim' })
      assert.ok(made.kind === 'issued')
      // It stands in for the factor at one application: any other one asks again.
      const pending = waiting(await world.password('kim', { application: 'wiki' }))
      return opened(await type(world, pending, made.code.reveal()))
    },
    acr: 'aal1',
    amr: ['pwd', 'break_glass'],
  },
  {
    what: 'the word of an identity provider that asked for nothing more',
    preset: 'manufacturing',
    signIn: (world) => external(world, 'skip', false),
    acr: 'aal1',
    amr: ['external'],
  },
  {
    what: 'the word of an identity provider that asked for a second factor, which we have not seen',
    preset: 'manufacturing',
    signIn: (world) => external(world, 'trust_amr', true),
    acr: 'aal1',
    amr: ['external'],
  },
]

async function claimsOf(t: TestContext, world: OpenIdWorld, token: string) {
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

for (const { what, preset, settings = {}, signIn, acr, amr } of TABLE)
  test(`[OI-06] [R-157] [BY-10] a sign-in by ${what} claims ${acr} and ${amr.join(', ')}`, async (t) => {
    const world = await openIdWorld(t, { preset })
    await world.set(settings)
    const token = await signIn(world)
    const claims = await claimsOf(t, world, token)
    assert.deepEqual([claims?.acr, claims?.['amr']], [acr, amr])
    const file = await world.ports.store.sessionFile(world.site.id, world.ports.vault.digest(token), world.clock.now())
    const proved = Math.min(...(file?.session.evidence.map(({ at }) => at) ?? []))
    assert.equal(claims?.auth_time, Math.floor(proved / 1_000), 'no claim is younger than what it rests on')
  })

test('[OI-06] a sign-in that was let in because no channel was ever set up claims the password alone', async (t) => {
  const world = await openIdWorld(t, { preset: 'manufacturing' })
  for (const channel of ['email', 'sms'] as const)
    await setChannel(world.ports, { ...ADMIN, site: 'acme', channel, config: 'off' })
  const token = opened(await world.password('kim'))
  const claims = await claimsOf(t, world, token)
  assert.deepEqual([claims?.acr, claims?.['amr']], ['aal1', ['pwd']])
})
