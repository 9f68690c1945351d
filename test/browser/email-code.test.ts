import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { anotherThan, codeField, enterCode, enterPassword, isInside, readCode, signOut } from './person.ts'

const KIMS = /email to kim@/
const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('manufacturing')
})
after(() => stage?.close())

test('[S1.4] [F22] Kim signs in with the code from her mail, and the remembered browser asks for none', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  await enterPassword(page, demo, 'kim')
  assert.equal(new URL(page.url()).pathname, '/acme/login', 'the code is asked for at the same address')
  assert.equal(await page.locator(':focus').getAttribute('id'), 'code', 'the cursor is in the field')
  assert.equal(await codeField(page).getAttribute('autocomplete'), 'one-time-code')
  await page.getByText('k•••@acme.test').first().waitFor()

  const code = await readCode(page, demo, KIMS)
  await enterCode(page, `${code.slice(0, 3)} ${code.slice(3)}`)
  await isInside(page, 'kim')

  await signOut(page)
  await enterPassword(page, demo, 'kim')
  await isInside(page, 'kim')
  await page.getByText('This browser was remembered').waitFor()
})
