import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setServerChannel } from '#usecases/channels.ts'
import { showEnrolment } from '#usecases/enrol.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { commandLine } from '../command-line.ts'
import { appCode, shown } from '../enrolment-steps.ts'
import { opened, waiting } from '../steps.ts'
import { HOME } from '../world.ts'

const PASSWORD = 'a password of nine words'

test('[S4.2] [S4.3] [S4.4] switched on for one site by one line, without a mail server: its Administrator enrols and is in', async (t) => {
  const line = await commandLine({ preset: 'retail' })
  t.after(line.close)
  const { ports } = line
  for (const channel of ['email', 'sms'] as const) await setServerChannel(ports, channel, null)
  for (const name of ['shop', 'depot']) {
    assert.equal((await line.run(`sites create ${name} --preset retail`)).code, 0)
    const added = await line.run(`--site ${name} users add boss --role Administrator --password-stdin`, `${PASSWORD}\n`)
    assert.equal(added.code, 0, added.err)
  }
  const on = await line.run('--site shop set-config enable_two_factor_auth true')
  assert.deepEqual([on.code, on.out], [0, 'two_factor.enabled: false → true\n'])
  assert.equal((await line.signInAt('depot', 'boss', PASSWORD)).kind, 'signed-in')

  const site = (await ports.store.site('shop'))?.id ?? assert.fail('the site is gone')
  const pendingToken = waiting(await line.signInAt('shop', 'boss', PASSWORD))
  const { secret } = shown(await showEnrolment(ports, { site, pendingToken, link: undefined, origin: HOME }))
  const code = appCode(line, secret)
  opened(await answerChallenge(ports, { site, pendingToken, code, remember: false, origin: HOME }))
  assert.deepEqual(line.messages(), [])
})

test('[S4.1] what is known, held and inherent is told as NIST tells it: a part of the body is never something that one has', () => {
  assert.match(
    readFileSync('docs/glossary.md', 'utf8'),
    /^\| \*\*factor\*\* \| a kind of proof: something known, held, or inherent to the person \|/m,
  )
  const told = globSync([
    'README.md',
    'docs/**/*.md',
    'src/**/texts/*.ts',
    'console/src/texts/**/*.ts',
    'src/policy/*.ts',
  ])
  assert.ok(told.length > 40)
  for (const path of told)
    for (const line of readFileSync(path, 'utf8').split('\n'))
      assert.ok(
        !(/biometr|fingerprint|\bface\b/i.test(line) && /something (?:you|they|one) (?:have|has|know)/i.test(line)),
        path,
      )
})
