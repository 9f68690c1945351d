import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textsFor } from './catalogue.ts'
import { en } from './en.ts'

const german = { ...en, language: 'de' }
const swiss = { ...en, language: 'de-CH' }
const catalogue = new Map([
  ['en', en],
  ['de', german],
  ['de-ch', swiss],
])

test('the texts are those that the browser likes best of what we have', () => {
  assert.equal(textsFor('de-CH, de;q=0.9, en;q=0.8', catalogue), swiss)
  assert.equal(textsFor('de-AT', catalogue), german)
  assert.equal(textsFor('fr, en;q=0.2, de;q=0.5', catalogue), german)
  assert.equal(textsFor('de;q=0, en', catalogue), en)
  assert.equal(textsFor('fr', catalogue), en)
  assert.equal(textsFor('*;q=x,,;;', catalogue), en)
  assert.equal(textsFor(null, catalogue), en)
})
