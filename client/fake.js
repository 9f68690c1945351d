const ROOT = '/api/v1'
const KEY = 'cs_live_fake'
const COOLDOWN_MS = 30_000
const ATTEMPTS = 5
const LIFE_MS = 15 * 60_000
const INTERVAL_HOURS = 168

const STATUS = {
  invalid_credentials: 401,
  invalid_code: 401,
  unauthenticated: 401,
  denied: 403,
  not_found: 404,
  pending_gone: 410,
  malformed_code: 400,
  unknown_field: 400,
  invalid_request: 400,
  unknown_application: 400,
  channel_not_offered: 409,
  resend_cooldown: 429,
  too_many_attempts: 429,
}

/**
 * A server that is none, for tests of programs that use the client: give its `fetch` to `createClient`. It answers sign-in, the second
 * factor alone and sessions as the real one does (one suite is held against both); the administration it does not know.
 *
 * `users`: `{ username, password, factor: 'email' | 'sms' | 'app' | null, code }`; `factor: null` is asked for nothing more.
 */
export function createFake({ users, now = Date.now, applications = ['web'] }) {
  const state = {
    users,
    now,
    applications,
    pending: new Map(),
    sessions: new Map(),
    devices: new Map(),
    sent: [],
    count: 0,
  }

  async function fetch(address, init = {}) {
    init.signal?.throwIfAborted()
    const url = new URL(address)
    const path = url.pathname.slice(url.pathname.indexOf(ROOT) + ROOT.length)
    const token = /^Bearer (\S+)$/.exec(new Headers(init.headers).get('authorization') ?? '')?.[1]
    const handler = HANDLERS[`${init.method ?? 'GET'} ${path}`]
    if (!handler) return problem(state, 'not_found', { detail: `The fake does not know ${init.method} ${path}.` })
    return handler(state, { token, body: init.body === undefined ? {} : JSON.parse(init.body) })
  }

  return {
    fetch,
    /** A key that the fake takes for its scope. */
    key: KEY,
    /** Every message that would have gone out, oldest first: `{ username, channel, code }`. */
    sent: state.sent,
  }
}

const HANDLERS = {
  'POST /login': (state, { body }) => {
    const wrong = unknownField(state, body, ['username', 'password', 'application', 'device_token'])
    if (wrong) return wrong
    if (!state.applications.includes(body.application ?? 'web')) return problem(state, 'unknown_application')
    const user = state.users.find((each) => each.username === body.username && each.password === body.password)
    if (!user) return problem(state, 'invalid_credentials')
    const spared = sparing(state, user, body.device_token)
    if (spared) return json({ status: 'signed_in', session: open(state, user, ['pwd']), decision: spared })
    return ask(state, user, 'login')
  },

  'POST /challenges': (state, { token, body }) => {
    if (token !== KEY) return problem(state, 'unauthenticated')
    const wrong = unknownField(state, body, ['username', 'application', 'address', 'device_token'])
    if (wrong) return wrong
    if (!state.applications.includes(body.application ?? 'web')) return problem(state, 'unknown_application')
    const user = state.users.find((each) => each.username === body.username)
    if (!user) return problem(state, 'denied', { outcome: 'deny' })
    const spared = sparing(state, user, body.device_token)
    return spared ? json({ outcome: 'allow', decision: spared }) : ask(state, user, 'second_factor')
  },

  'POST /login/verify': (state, { token, body }) => {
    if (!token?.startsWith('pt_')) return problem(state, 'unauthenticated')
    const wrong = unknownField(state, body, ['code', 'remember_device'])
    if (wrong) return wrong
    const pending = state.pending.get(token)
    if (!pending || pending.passed || state.now() >= pending.until) return problem(state, 'pending_gone')
    if (pending.failed >= ATTEMPTS) return problem(state, 'too_many_attempts')
    const code = String(body.code ?? '').replaceAll(/[\s-]/g, '')
    if (!/^\d{6}$/.test(code)) return problem(state, 'malformed_code', { digits: 6 })
    const { user } = pending
    if (code !== user.code) {
      pending.failed += 1
      user.failed = (user.failed ?? 0) + 1
      const left = { failed_codes: user.failed, attempts_left: ATTEMPTS - pending.failed }
      return problem(state, 'invalid_code', { reason: 'invalid', ...left, channels_offered: [] })
    }
    pending.passed = true
    user.failed = 0
    return passed(state, pending, body.remember_device === true)
  },

  'POST /login/send': (state, { token, body }) => {
    if (!token?.startsWith('pt_')) return problem(state, 'unauthenticated')
    const pending = state.pending.get(token)
    if (!pending || pending.passed || state.now() >= pending.until) return problem(state, 'pending_gone')
    const { user } = pending
    if (user.factor === 'app' || (body.channel !== undefined && body.channel !== user.factor))
      return problem(state, 'channel_not_offered', { channels_offered: user.factor === 'app' ? [] : [user.factor] })
    const at = pending.sentAt + COOLDOWN_MS
    if (state.now() < at) return problem(state, 'resend_cooldown', { retry_at: new Date(at).toISOString() })
    send(state, pending)
    return json({ status: 'challenge', ...shown(token, pending) }, 202)
  },

  'GET /session': (state, { token }) => {
    const session = state.sessions.get(token)
    if (!session) return problem(state, 'unauthenticated')
    const { username } = session.user
    const user = { username, display_name: username, kind: 'system', roles: ['All'] }
    const { amr, created_at, expires_at } = session
    return json({
      kind: 'session',
      user,
      session: { application: 'web', created_at, expires_at, acr: acrOf(amr), amr },
    })
  },

  'DELETE /session': (state, { token }) =>
    state.sessions.delete(token) ? new Response(null, { status: 204 }) : problem(state, 'unauthenticated'),
}

function ask(state, user, purpose) {
  const token = name(state, 'pt')
  const decision = { outcome: 'challenge', rule: 'methods', reason: 'site_requires' }
  const pending = { user, purpose, decision, failed: 0, passed: false, until: state.now() + LIFE_MS, sentAt: 0 }
  state.pending.set(token, pending)
  if (user.factor !== 'app') send(state, pending)
  return json({ [purpose === 'login' ? 'status' : 'outcome']: 'challenge', ...shown(token, pending) }, 202)
}

function send(state, pending) {
  const { username, factor: channel, code } = pending.user
  state.sent.push({ username, channel, code })
  pending.sentAt = state.now()
}

function shown(token, { user, until, decision, failed, sentAt }) {
  const app = user.factor === 'app'
  const at = new Date(sentAt + COOLDOWN_MS).toISOString()
  const to = user.factor === 'sms' ? '•••• 000' : `${user.username[0]}•••@example.test`
  return {
    pending: { token, expires_at: new Date(until).toISOString() },
    challenge: {
      method: user.factor,
      sent_to: app ? null : to,
      methods: [user.factor],
      channels: app ? [] : [{ channel: user.factor, to, resend_at: at }],
      resend_at: app ? null : at,
      expires_at: new Date(until).toISOString(),
      delivery: app ? null : 'accepted',
      digits: 6,
      failed_codes: user.failed ?? 0,
      attempts_left: ATTEMPTS - failed,
      remember_hours: INTERVAL_HOURS,
    },
    decision,
  }
}

function passed(state, { user, purpose, decision }, remember) {
  const method = user.factor === 'app' ? 'otp' : user.factor
  const device = remember ? { device_token: name(state, 'dt') } : {}
  if (device.device_token)
    state.devices.set(device.device_token, { user, until: state.now() + INTERVAL_HOURS * 3_600_000 })
  if (purpose === 'second_factor') return json({ outcome: 'allow', acr: 'aal1', amr: ['external', method], ...device })
  const amr = method === 'email' ? ['pwd', 'email'] : ['pwd', method, 'mfa']
  return json({ status: 'signed_in', session: open(state, user, amr), decision, ...device })
}

function sparing(state, user, deviceToken) {
  if (user.factor === null) return { outcome: 'skip', rule: 'not_required', reason: 'nobody_requires' }
  const device = state.devices.get(deviceToken)
  if (device?.user !== user || state.now() >= device.until) return null
  return {
    outcome: 'skip',
    rule: 'remembered_device',
    reason: 'remembered',
    until: new Date(device.until).toISOString(),
  }
}

function open(state, user, amr) {
  const token = name(state, 'st')
  const created_at = new Date(state.now()).toISOString()
  const expires_at = new Date(state.now() + 90 * 86_400_000).toISOString()
  state.sessions.set(token, { user, amr, created_at, expires_at })
  return { token, expires_at }
}

function acrOf(amr) {
  return amr.includes('mfa') ? 'aal2' : 'aal1'
}

function name(state, prefix) {
  state.count += 1
  return `${prefix}_fake${state.count}`
}

function unknownField(state, body, known) {
  const unknown = Object.keys(body).filter((each) => !known.includes(each))
  const errors = unknown.map((each) => ({ pointer: `/${each}`, detail: 'there is no such field' }))
  return errors.length > 0 ? problem(state, 'unknown_field', { errors }) : undefined
}

function json(body, status = 200) {
  return Response.json(body, { status })
}

function problem(state, code, { detail = 'The fake says no.', ...more } = {}) {
  const status = STATUS[code]
  const headers = { 'content-type': 'application/problem+json' }
  if (more.retry_at) headers['retry-after'] = String(Math.ceil((Date.parse(more.retry_at) - state.now()) / 1_000))
  const body = {
    type: `urn:countersign:problem:${code}`,
    title: code,
    status,
    detail,
    code,
    instance: name(state, 'req'),
    ...more,
  }
  return new Response(JSON.stringify(body), { status, headers })
}
