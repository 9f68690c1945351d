import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { scan } from './authenticator-app.ts'
import { isInView, openStage, type Stage } from './chromium.ts'
import { enterCode, enterPassword, isInside, signOut } from './person.ts'

const skip = without('chromium', 'zbarimg', 'oathtool')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('retail')
})
after(() => stage?.close())

test('[S4.18] [S4.19] [S4.20] Kim scans the picture on the screen after the password, on a dark phone', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t, { narrow: true, dark: true, sharp: true })).newPage()
  await enterPassword(page, demo, 'kim')
  const app = await scan(page)
  assert.equal(app.account, 'Acme:kim@acme.test')
  await page.getByText('Cannot scan it?').click()
  const key = await page.getByRole('code').innerText()
  assert.equal(key.replaceAll(' ', ''), app.secret, 'the key to type is the one in the picture')
  const button = page.getByRole('link', { name: /On this phone/ })
  assert.ok((await button.getAttribute('href'))?.includes(`secret=${app.secret}`), 'a phone can open its app')

  await enterCode(page, '000000')
  await page.getByRole('alert').getByText('That code is not right. 4 tries left.').waitFor()
  assert.ok(await isInView(page, '#problem'), 'what went wrong is seen')
  assert.ok(await isInView(page, '#code'), 'and so is where to try again')
  await enterCode(page, app.code())
  await isInside(page, 'kim')

  await signOut(page)
  await enterPassword(page, demo, 'kim')
  await enterCode(page, app.code(1))
  await isInside(page, 'kim')
})

test('[S4.12] the administrator is asked too, and can bind an app', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t, { sharp: true })).newPage()
  await enterPassword(page, demo, 'root')
  await enterCode(page, (await scan(page)).code())
  await isInside(page, 'root')
})
