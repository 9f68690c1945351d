import assert from 'node:assert/strict'
import { DEMO_USERS } from '#cli/demo-site.ts'
import { cookiesOf, type WholeServer } from './whole-server.ts'

// Steps of somebody who has forgotten a password, or says so.

export const ANOTHER = 'another-long-password'

/** Asks for a link, and lets the mail go out. */
export async function forget(server: WholeServer, username: string): Promise<Response> {
  const answer = await server.form('/acme/forgotten', { username })
  await server.pump()
  return answer
}

/** The mails with a link to this demo user, newest first. */
export function resetMails(server: WholeServer, username: string) {
  const email = DEMO_USERS.find((each) => each.username === username)?.email
  return server.messages('email').filter(({ to, text }) => to === email && text.includes('/reset/'))
}

/** The path of the newest link. */
export function resetPath(server: WholeServer, username: string): string {
  const [mail] = resetMails(server, username)
  const path = /http:\/\/localhost:4180(\/acme\/reset\/[\w-]+)/.exec(mail?.text ?? '')?.[1]
  assert.ok(path, `there is no link for ${username}`)
  return path
}

/** Sends the form of the newest link; answers what the page of the second factor is reached with. */
export async function half(server: WholeServer, username: string): Promise<{ cookie: string; login: string }> {
  const answer = await server.form(resetPath(server, username), { password: ANOTHER })
  assert.equal(answer.status, 303)
  const login = /\/acme\/login\?login=(\w+)$/.exec(answer.headers.get('location') ?? '')?.[1]
  assert.ok(login, 'a second factor is asked for')
  return { cookie: cookiesOf(answer), login }
}
