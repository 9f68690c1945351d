import assert from 'node:assert/strict'
import { DEMO_USERS } from '#cli/demo-site.ts'
import { seconds } from '#domain/time.ts'
import { type ShowEnrolmentOutcome, type ShownSecret, showEnrolment, startEnrolment } from '#usecases/enrol.ts'
import { codeOf } from './phone.ts'
import { opened, type, waiting } from './steps.ts'
import { HOME, type World } from './world.ts'

// Steps on the way to an authenticator app, and with it.

/** What the enrolment page shows to who waits there; with the token of the emailed link, if one is given. */
export function look(world: World, pendingToken: string, link?: string): Promise<ShowEnrolmentOutcome> {
  return showEnrolment(world.ports, { site: world.site.id, pendingToken, link, origin: HOME })
}

/** The same after "show me a new picture". */
export function startOver(world: World, pendingToken: string, link?: string) {
  return startEnrolment(world.ports, { site: world.site.id, pendingToken, link, origin: HOME })
}

/** The secret on the page, which must be there. */
export function shown(outcome: { readonly kind: string }): ShownSecret {
  assert.equal(outcome.kind, 'shown', JSON.stringify(outcome))
  return outcome as ShownSecret
}

/** The token of the link in the newest mail to this demo user. */
export function linkFor(world: World, username: string): string {
  const { email } = demoUser(username)
  const mail = world.messages('email').find(({ to, text }) => to === email && text.includes('/enrol/'))
  const token = /\/acme\/enrol\/([\w-]+)/.exec(mail?.text ?? '')?.[1]
  assert.ok(token, `there is no link for ${username}`)
  return token
}

/** What the app with this secret shows now, or so many half minutes from now. */
export function appCode(world: World, secret: string, steps = 0): string {
  return codeOf(secret, world.clock.now() + steps * seconds(30))
}

/** Password, picture or link, first code of the app: signed in, and the app is bound. Answers its secret. */
export async function enrol(world: World, username: string): Promise<string> {
  const pendingToken = waiting(await world.password(username))
  const onScreen = await look(world, pendingToken)
  const there = onScreen.kind === 'link-required' ? await look(world, pendingToken, linkFor(world, username)) : onScreen
  const { secret } = shown(there)
  opened(await type(world, pendingToken, appCode(world, secret)))
  return secret
}

/** `enrol`, and a minute later: the code that bound the app is spent, the next one is not. */
export async function withApp(world: World, username: string): Promise<string> {
  const secret = await enrol(world, username)
  world.clock.pass(seconds(60))
  return secret
}

/** Another valid code of the app is as wrong as any other by chance only; this one never is. */
export function wrongAppCode(world: World, secret: string): string {
  const near = new Set([-2, -1, 0, 1, 2].map((steps) => appCode(world, secret, steps)))
  const wrong = ['271828', '314159', '161803', '577215', '141421', '173205'].find((code) => !near.has(code))
  assert.ok(wrong)
  return wrong
}

/** A user of the demo by name. */
export function demoUser(username: string) {
  const user = DEMO_USERS.find((each) => each.username === username)
  assert.ok(user, `there is no demo user ${username}`)
  return user
}
