import assert from 'node:assert/strict'
import { hotp } from '#authenticators/hotp.ts'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { breakGlass } from '#usecases/break-glass.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { setChannel } from '#usecases/channels.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { helpWithCode } from '#usecases/helpdesk.ts'
import { assignHardware, importHardware } from '#usecases/hardware.ts'
import { keepRecoveryCodes, makeRecoveryCodes } from '#usecases/recovery-codes.ts'
import { signInExternally } from '#usecases/sign-in-external.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { seconds } from '#domain/time.ts'
import type { PresetName } from '#policy/presets.ts'
import { appCode, linkFor, look, shown, withApp } from '../enrolment-steps.ts'
import { answer, asked, kimWithPasskey, order, signInBy, signInOptions } from '../passkey-world.ts'
import { by, join } from '../people.ts'
import { opened, signInWithCode, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World } from '../world.ts'

/** One kind of sign-in: how it comes about, and what may be claimed of it. Written out by hand, and shown in docs/openid.md. */
export interface KindOfSignIn {
  /** As it stands in the documentation. */
  readonly what: string
  readonly preset: PresetName
  readonly settings?: Readonly<Record<string, unknown>>
  readonly signIn: (world: World) => Promise<string>
  readonly acr: 'aal1' | 'aal2'
  readonly amr: readonly string[]
}

const EVERY_METHOD = {
  'methods.allowed': ['app', 'passkey', 'recovery', 'hardware', 'email'],
  'challenge.interval_hours': 0,
}

/** RFC 4226, appendix D. */
const HARDWARE_SECRET = Buffer.from('12345678901234567890')

const external = (world: World, mode: 'skip' | 'trust_amr' | 'require', multiFactor: boolean) =>
  signInExternally(world.ports, {
    site: world.site.id,
    username: 'kim',
    provider: 'corp',
    mode,
    multiFactor,
    origin: HOME,
  })

interface WithApp {
  readonly token: string
  readonly deviceToken: string
  readonly secret: string
}

/** Kim's app, and a browser that it was remembered for. */
async function withFullApp(world: World): Promise<WithApp> {
  const secret = await withApp(world, 'kim')
  const done = await type(world, waiting(await world.password('kim')), appCode(world, secret), true)
  assert.ok(done.kind === 'signed-in' && done.deviceToken !== null)
  return { token: done.token, deviceToken: done.deviceToken, secret }
}

/** A session of Kim's that rests on her password and on a passkey: was its user verified, and can its key be copied? */
async function withPasskey(world: World, { uv, be }: { readonly uv: boolean; readonly be: boolean }): Promise<string> {
  const flags = { uv, be }
  const { key } = await kimWithPasskey(world, { flags: { uv: true, be } })
  const { pending, options } = await asked(world)
  return opened(await answer(world, pending, key.get(options, { flags })))
}

async function withHardware(world: World): Promise<string> {
  const order = { ...ADMIN, site: DEMO_SITE }
  const table = { header: ['serial', 'secret'], rows: [{ line: 2, cells: ['A-1', HARDWARE_SECRET.toString('hex')] }] }
  const list = readHardwareTable(table)
  assert.equal((await importHardware(world.ports, { ...order, list })).kind, 'imported')
  const [held] = await world.ports.store.hardwareTokens(world.site.id)
  assert.ok(held)
  const assigned = await assignHardware(world.ports, { ...order, token: held.token.id, username: 'kim' })
  assert.equal(assigned.kind, 'done')
  return opened(await type(world, waiting(await world.password('kim')), hotp(HARDWARE_SECRET, 0)))
}

async function withRecoveryCode(world: World): Promise<string> {
  const { token } = await signInWithCode(world, 'kim')
  const made = await makeRecoveryCodes(world.ports, order(world, token))
  assert.ok(made.kind === 'made')
  await keepRecoveryCodes(world.ports, { ...order(world, token), madeAt: made.madeAt })
  return opened(await type(world, waiting(await world.password('kim')), made.codes[0]?.reveal() ?? ''))
}

/** All of them in one table, however long: a reader of the claims wants to see them side by side. */
export const KINDS: readonly KindOfSignIn[] = [
  {
    what: 'a password, while two-factor authentication is off',
    preset: 'manufacturing',
    settings: { 'two_factor.enabled': false },
    signIn: async (world) => opened(await world.password('kim')),
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'a password, where nothing more is required',
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
    what: 'a code of the operator in an emergency (`break-glass`)',
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
    what: 'a code of the helpdesk',
    preset: 'manufacturing',
    async signIn(world) {
      await join(world, 'hanna', { roles: ['Helpdesk'] })
      const help = { ...(await by(world, 'hanna')), site: DEMO_SITE, username: 'kim', reason: 'left her phone at home' }
      const made = await helpWithCode(world.ports, help)
      assert.ok(made.kind === 'issued')
      const pending = waiting(await world.password('kim', { application: 'wiki' }))
      return opened(await type(world, pending, made.code.reveal()))
    },
    acr: 'aal1',
    amr: ['pwd', 'helpdesk'],
  },
  {
    what: 'a recovery code',
    preset: 'manufacturing',
    settings: EVERY_METHOD,
    signIn: withRecoveryCode,
    acr: 'aal1',
    amr: ['pwd', 'recovery'],
  },
  {
    what: 'a hardware token',
    preset: 'manufacturing',
    settings: EVERY_METHOD,
    signIn: withHardware,
    acr: 'aal2',
    amr: ['pwd', 'otp', 'mfa'],
  },
  {
    what: 'a password and a security key that was touched',
    preset: 'manufacturing',
    settings: EVERY_METHOD,
    signIn: (world) => withPasskey(world, { uv: false, be: false }),
    acr: 'aal2',
    amr: ['pwd', 'hwk', 'user', 'mfa'],
  },
  {
    what: 'a password and a passkey that its owner carries from device to device',
    preset: 'manufacturing',
    settings: EVERY_METHOD,
    signIn: (world) => withPasskey(world, { uv: true, be: true }),
    acr: 'aal2',
    amr: ['pwd', 'swk', 'user', 'mfa'],
  },
  {
    what: 'a passkey alone, whose device has verified its user',
    preset: 'manufacturing',
    settings: EVERY_METHOD,
    async signIn(world) {
      const { key } = await kimWithPasskey(world)
      return opened(await signInBy(world, key.get(signInOptions(world))))
    },
    acr: 'aal2',
    amr: ['swk', 'user', 'mfa'],
  },
  {
    what: 'an authenticator app that was set up in this sign-in',
    preset: 'erp',
    async signIn(world) {
      const pending = waiting(await world.password('kim'))
      const { secret } = shown(await look(world, pending, linkFor(world, 'kim')))
      return opened(await type(world, pending, appCode(world, secret)))
    },
    acr: 'aal2',
    amr: ['pwd', 'otp', 'mfa'],
  },
  {
    what: 'days of grace before anything is set up',
    preset: 'erp',
    settings: { 'enrolment.grace_days': 7 },
    signIn: async (world) => opened(await world.password('kim')),
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'a website user, where those are left out',
    preset: 'erp',
    signIn: async (world) => opened(await world.password('web')),
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'a channel that was never set up, where the site lets people in all the same',
    preset: 'manufacturing',
    async signIn(world) {
      for (const channel of ['email', 'sms'] as const)
        await setChannel(world.ports, { ...ADMIN, site: DEMO_SITE, channel, config: 'off', atOnce: true })
      return opened(await world.password('kim'))
    },
    acr: 'aal1',
    amr: ['pwd'],
  },
  {
    what: 'a remembered browser, and the app once more inside the session',
    preset: 'erp',
    settings: { 'challenge.interval_hours': 168 },
    async signIn(world) {
      const { deviceToken, secret } = await withFullApp(world)
      const sessionToken = opened(await world.password('kim', { deviceToken }))
      world.clock.pass(seconds(60))
      const stepUp = await startStepUp(world.ports, { site: world.site.id, sessionToken, origin: HOME })
      return opened(await type(world, waiting(stepUp), appCode(world, secret)))
    },
    acr: 'aal2',
    amr: ['pwd', 'otp', 'mfa'],
  },
  {
    what: 'an identity provider whose word is enough (`skip`)',
    preset: 'manufacturing',
    signIn: async (world) => opened(await external(world, 'skip', false)),
    acr: 'aal1',
    amr: ['external'],
  },
  {
    what: 'an identity provider that says it asked for a second factor (`trust_amr`)',
    preset: 'manufacturing',
    signIn: async (world) => opened(await external(world, 'trust_amr', true)),
    acr: 'aal1',
    amr: ['external'],
  },
  {
    what: 'an identity provider that does not say so (`trust_amr`), and our code by email',
    preset: 'manufacturing',
    signIn: async (world) =>
      opened(await type(world, waiting(await external(world, 'trust_amr', false)), world.codeFor('kim'))),
    acr: 'aal1',
    amr: ['external', 'email'],
  },
  {
    what: 'an identity provider whose users are asked all the same (`require`), and our app',
    preset: 'erp',
    async signIn(world) {
      const secret = await withApp(world, 'kim')
      return opened(await type(world, waiting(await external(world, 'require', true)), appCode(world, secret)))
    },
    acr: 'aal1',
    amr: ['external', 'otp'],
  },
]
