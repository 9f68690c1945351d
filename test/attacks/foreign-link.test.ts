import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkStanding } from '#usecases/enrol.ts'
import { appCode, linkFor, look, shown } from '../enrolment-steps.ts'
import { secondSite } from '../second-site.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'

test('[EN-14] an emailed link serves the user it was made for, at the site it was made at, whoever brings it', async (t) => {
  const at = await siteFor(t, 'erp')
  const north = await secondSite(at, 'north', 'erp')
  const own = waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')

  // Kim has proved her own password, once before the link was opened and once on its page.
  for (const pending of [waiting(await at.password('kim')), waiting(await at.password('kim', { link }))])
    assert.equal((await look(at, pending, link)).kind, 'over')
  assert.equal(await linkStanding(at.ports, { site: north.site.id, link }), 'over')
  assert.deepEqual(await rows(at, 'factor.enrolled'), [])

  const { secret } = shown(await look(at, own, link))
  opened(await type(at, own, appCode(at, secret)))
  const enrolled = (await rows(at, 'factor.enrolled')).map(({ subject }) => subject?.name)
  assert.deepEqual(enrolled, ['sam'])
})
