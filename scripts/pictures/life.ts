import type { DemoProcess } from '../../test/process/demo-process.ts'

/** Lets happen in a demo what happens at a site in a day, over the API: sign-ins, wrong codes, an exemption, a bad address. */
export async function liveInDemo(demo: DemoProcess): Promise<void> {
  const { adminKey } = demo
  for (const username of ['kim', 'sam', 'web', 'op', 'sam', 'kim']) await signIn(demo, username)
  await ask(demo, 'POST', '/login', { username: 'op', password: 'wrong' })
  await wrongCode(demo, 'kim')
  const reason = { reason: 'shared_workstation', note: 'Terminal at the packing line' }
  await ask(demo, 'PUT', '/users/op/bypass', reason, adminKey)
  await ask(demo, 'PATCH', '/users/web', { email: null }, adminKey)
  await ask(demo, 'PATCH', '/settings', { 'otp.issuer': 'Acme ERP' }, adminKey)
}

async function signIn(demo: DemoProcess, username: string): Promise<void> {
  const pending = await password(demo, username)
  if (pending === undefined) return
  await ask(demo, 'POST', '/login/verify', { code: await codeFor(demo, username) }, pending)
}

async function wrongCode(demo: DemoProcess, username: string): Promise<void> {
  const pending = await password(demo, username)
  if (pending === undefined) return
  const wrong = (await codeFor(demo, username)) === '000000' ? '111111' : '000000'
  for (let times = 0; times < 2; times++) await ask(demo, 'POST', '/login/verify', { code: wrong }, pending)
}

async function password(demo: DemoProcess, username: string): Promise<string | undefined> {
  const answer = await ask(demo, 'POST', '/login', { username, password: demo.passwordOf(username) })
  return (answer as { pending?: { token: string } }).pending?.token
}

async function codeFor(demo: DemoProcess, username: string): Promise<string> {
  const messages = (await (await fetch(`${demo.mailbox}/messages`)).json()) as { to: string; text: string }[]
  const text = messages.find(({ to }) => to.startsWith(`${username}@`))?.text ?? ''
  return /\b\d{6}\b/.exec(text)?.[0] ?? ''
}

async function ask(demo: DemoProcess, method: string, path: string, body: unknown, token?: string): Promise<unknown> {
  const response = await fetch(`${demo.origin}/${demo.site}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  return response.status === 204 ? null : response.json()
}
