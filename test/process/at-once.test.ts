import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeOf } from '../phone.ts'
import { type DemoProcess, startDemoProcess } from './demo-process.ts'
import { type Answer, type Door, openDoor, pendingToken } from './door.ts'

const TIMES = 50
const HALF_MINUTE = 30_000

let demo: DemoProcess
let door: Door
before(async () => {
  demo = await startDemoProcess('manufacturing')
  door = openDoor(demo)
})
after(() => demo?.stop())

test('[RC-02] the same right code from the mail, fifty times at once, opens one session', async () => {
  const token = pendingToken(await door.password('kim'))
  await opensOnce('kim', token, await door.code('kim@acme.test'))
})

test('[RC-01] so does the code of an app, and the duplicates are not held against the account', async () => {
  await demo.set({ 'methods.allowed': ['app'], 'enrolment.channel': 'screen' })
  const enrolling = pendingToken(await door.password('sam'))
  const { body } = await door.ask('/login/enrol', { token: enrolling })
  const secret = body.secret ?? ''
  const now = Date.now()
  const bound = await door.ask('/login/enrol/confirm', { token: enrolling, body: { code: codeOf(secret, now) } })
  assert.equal(bound.status, 200)

  const token = pendingToken(await door.password('sam'))
  await opensOnce('sam', token, codeOf(secret, now + HALF_MINUTE))
  assert.equal(await countEvents('sam', 'auth.challenge.fail'), 0)
  assert.equal(await countEvents('sam', 'auth.challenge.replayed'), TIMES - 1)
  await demo.set({ 'methods.allowed': ['email'] })
})

test('[RC-07] of fifty wrong codes at once at most five are judged, and then the right one is refused too', async () => {
  const token = pendingToken(await door.password('op'))
  const right = await door.code('op@acme.test')
  const wrong = right === '123456' ? '654321' : '123456'
  const answers = await atOnce(token, wrong)
  const judged = answers.filter(({ status }) => status === 401)
  assert.ok(judged.length <= 5, `${judged.length} were judged`)
  assert.ok(judged.length >= 1)
  assert.ok(answers.every(({ status }) => status === 401 || status === 429))

  // Under such a crowd some are sent away unjudged; whoever guesses on is told no more than five verdicts in all.
  let verdicts = judged.length
  for (let guess = 0; guess < 5; guess++) {
    if ((await verify(token, wrong)).status === 401) verdicts++
  }
  assert.equal(verdicts, 5)
  const late = await verify(token, right)
  assert.equal(late.status, 429)
  assert.equal(late.body.session, undefined)
  assert.equal(await countEvents('op', 'auth.challenge.fail'), 5)
  assert.equal(await countEvents('op', 'session.created'), 0)
})

async function opensOnce(username: string, token: string, code: string): Promise<void> {
  const answers = await atOnce(token, code)
  const opened = answers.filter(({ status }) => status === 200)
  assert.equal(opened.length, 1)
  for (const { status } of answers) assert.ok([200, 401, 410, 429].includes(status), `answered ${status}`)
  const session = await door.ask('/session', { method: 'GET', token: opened[0]?.body.session?.token ?? '' })
  assert.equal(session.status, 200)
  const before = username === 'sam' ? 1 : 0
  assert.equal(await countEvents(username, 'session.created'), before + 1)
}

function atOnce(token: string, code: string): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: TIMES }, () => verify(token, code)))
}

function verify(token: string, code: string): Promise<Answer> {
  return door.ask('/login/verify', { token, body: { code } })
}

async function countEvents(username: string, action: string): Promise<number> {
  const query = new URLSearchParams({ actor: username, action, limit: '200' })
  const { status, body } = await door.ask(`/audit?${query.toString()}`, { method: 'GET', token: demo.adminKey })
  assert.equal(status, 200, JSON.stringify(body))
  return (body['items'] as readonly unknown[]).length
}
