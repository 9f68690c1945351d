import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import { HOME } from '../world.ts'

// Somebody types, pastes or sends what no program expects: spaces from a mail, full-width digits from a phone, or a list where a text
// should be. The first must pass, the last must break nothing and count as nothing.

test('[F22] pasting " 123-456 " passes, and so do the other ways in which people carry six digits', async (t) => {
  const carried: readonly ((code: string) => string)[] = [
    (code) => ` ${code.slice(0, 3)}-${code.slice(3)} `,
    (code) => `${code.slice(0, 3)} ${code.slice(3)}`,
    (code) => [...code].join(' '),
    (code) => `${code}\r\n`,
    (code) => code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  ]
  const at = await siteFor(t, 'manufacturing')
  for (const written of carried) {
    const pending = waiting(await at.password('kim'))
    opened(await type(at, pending, written(at.codeFor('kim'))))
  }
})

test('[F22] the code of an app may be pasted the same way', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const code = appCode(at, secret)
  opened(await type(at, waiting(await at.password('kim')), ` ${code.slice(0, 3)}-${code.slice(3)} `))
})

test('[F22] what is no code is no failed code: it is told how many digits there are, and counted nowhere', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  const odd: readonly unknown[] = [
    '',
    ' ',
    '12345',
    '1234567',
    'abcdef',
    `${code}${code}`,
    `-${code}`,
    `${code}'--`,
    '１２３',
    'x'.repeat(100_000),
  ]
  const notText: readonly unknown[] = [undefined, null, 123456, Number(code), [code], { code }, true]
  for (const typed of [...odd, ...notText]) {
    const answer = { site: at.site.id, pendingToken: pending, code: typed, remember: false, origin: HOME }
    assert.deepEqual(await answerChallenge(at.ports, answer), { kind: 'malformed', digits: 6 })
  }
  assert.deepEqual(await rows(at, 'auth.challenge.fail'), [])
  opened(await type(at, pending, code))
})
