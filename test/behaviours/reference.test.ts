import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAttempt } from '#usecases/find-attempt.ts'
import { otherThan, page, rows, siteFor, type, waiting } from '../steps.ts'
import { secondSite } from '../second-site.ts'

// Whoever is stuck reads a reference out, and whoever helps finds this very sign-in by it.

test('[F25] the third failure brings the contact and a reference, by which the helpdesk finds it in the record', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const wrong = otherThan(at.codeFor('kim'))
  const told = []
  for (let guess = 0; guess < 4; guess += 1) {
    const outcome = await type(at, pending, wrong)
    assert.ok(outcome.kind === 'refused')
    assert.equal(outcome.contacts.length > 0, outcome.reference !== null)
    assert.equal((await page(at, pending))?.reference, outcome.reference)
    told.push(outcome.reference)
  }
  const [first, second, third, fourth] = told
  assert.deepEqual([first, second], [null, null])
  assert.match(third ?? '', /^[\dA-HJKMNP-TV-Z]{4}-[\dA-HJKMNP-TV-Z]{4}$/)
  assert.equal(fourth, third)
  assert.deepEqual(
    (await rows(at, 'auth.challenge.failures')).map(({ data }) => data['reference']),
    [third],
  )

  const heard = third?.replace('-', ' ').toLowerCase() ?? ''
  const found = await findAttempt(at.ports, { site: at.site.id, reference: heard })
  assert.ok(found.kind === 'found')
  assert.deepEqual(
    found.rows.map(({ data, subject }) => [subject?.name, data['failed_codes']]),
    [
      ['kim', 4],
      ['kim', 3],
    ],
  )
})

test('[F25] another sign-in has another reference, and another site finds neither', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const references = new Set<string>()
  for (const username of ['kim', 'sam']) {
    const pending = waiting(await at.password(username))
    for (let guess = 0; guess < 3; guess += 1) await type(at, pending, otherThan(at.codeFor(username)))
    references.add((await page(at, pending))?.reference ?? '')
  }
  assert.equal(references.size, 2)
  const other = await secondSite(at, 'globex', 'manufacturing')
  for (const reference of references) {
    const found = await findAttempt(at.ports, { site: at.site.id, reference })
    assert.equal(found.kind === 'found' && found.rows.length, 1)
    assert.deepEqual(await findAttempt(at.ports, { site: other.site.id, reference }), { kind: 'not-found' })
  }
  assert.deepEqual(await findAttempt(at.ports, { site: at.site.id, reference: 'not one' }), { kind: 'no-reference' })
})
