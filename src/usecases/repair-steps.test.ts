import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from '#csv/read-csv.ts'
import { minutes, rfc3339 } from '#domain/time.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { appCode, withApp } from '../../test/enrolment-steps.ts'
import { codeOf } from '../../test/phone.ts'
import { rows, siteFor, type, waiting } from '../../test/steps.ts'
import { ADMIN, type World } from '../../test/world.ts'
import { assignHardware, importHardware } from './hardware.ts'
import { repairSteps } from './repair-steps.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const ORDER = { ...ADMIN, site: 'acme', username: 'kim', reason: 'the clock was ahead' }

async function withToken(at: World): Promise<void> {
  const read = readCsv(`serial,secret,type\nA1,${SECRET},totp\n`)
  assert.ok(read.kind === 'table')
  await importHardware(at.ports, { ...ORDER, list: readHardwareTable(read.table) })
  const [found] = await at.ports.store.hardwareTokens(at.site.id)
  assert.ok(found)
  await assignHardware(at.ports, { ...ORDER, token: found.token.id })
}

test('every authenticator whose codes were spent ahead gets them back, and each is written down', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen', 'methods.allowed': ['app', 'hardware'] })
  const secret = await withApp(at, 'kim')
  await withToken(at)
  const signsIn = async (code: string) => (await type(at, waiting(await at.password('kim')), code)).kind
  at.clock.pass(minutes(30))
  assert.equal(await signsIn(appCode(at, secret)), 'signed-in')
  assert.equal(await signsIn(codeOf(SECRET, at.clock.now())), 'signed-in')
  at.clock.pass(-minutes(20))
  assert.equal(await signsIn(appCode(at, secret)), 'refused')
  const outcome = await repairSteps(at.ports, { ...ORDER, time: at.clock.now() })
  assert.equal(outcome.kind, 'saved')
  assert.equal((await rows(at, 'factor.steps.repaired')).length, 2)
  at.clock.pass(minutes(3))
  assert.equal(await signsIn(appCode(at, secret)), 'signed-in')
  assert.equal(await signsIn(codeOf(SECRET, at.clock.now())), 'signed-in')
  assert.equal((await repairSteps(at.ports, { ...ORDER, time: at.clock.now() })).kind, 'nothing-ahead')
})

test('two clocks that do not agree, to two minutes, repair nothing, and both are named', async (t) => {
  const at = await siteFor(t, 'erp')
  const repair = (time: number) => repairSteps(at.ports, { ...ORDER, time })
  const now = at.clock.now()
  assert.equal((await repair(now + minutes(2))).kind, 'nothing-ahead')
  assert.equal((await repair(now - minutes(2))).kind, 'nothing-ahead')
  for (const time of [now + minutes(2) + 1, now - minutes(2) - 1, Number.NaN]) {
    const outcome = await repair(time)
    assert.ok(outcome.kind === 'invalid')
    const problem = outcome.problems.map((each) => each.problem).join()
    assert.ok(problem.includes(rfc3339(now)), problem)
    assert.ok(problem.includes(Number.isNaN(time) ? 'nothing readable' : rfc3339(time)), problem)
  }
})
