import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { isInView, openStage, type Stage } from './chromium.ts'
import {
  anotherThan,
  codeField,
  enterCode,
  enterPassword,
  follow,
  isInside,
  press,
  readCode,
  signOut,
} from './person.ts'

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

  const code = await readCode(page, demo, /email to kim@/)
  await enterCode(page, `${code.slice(0, 3)} ${code.slice(3)}`)
  await isInside(page, 'kim')

  await signOut(page)
  await enterPassword(page, demo, 'kim')
  await isInside(page, 'kim')
  await page.getByText('This browser was remembered').waitFor()
})

test('a browser that says it is shared is asked each time', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  for (const time of ['first', 'second']) {
    await enterPassword(page, demo, 'web')
    assert.ok(await codeField(page).isVisible(), `the ${time} time`)
    await page.getByRole('checkbox').uncheck()
    await enterCode(page, await readCode(page, demo, /email to web@/))
    await isInside(page, 'web')
    await signOut(page)
  }
})

test('[F22] [S3.12] a wrong code says so beside the field, and the third one names whom to turn to', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t, { narrow: true })).newPage()
  await enterPassword(page, demo, 'op')
  const code = await readCode(page, demo, /email to op@/)
  const contact = page.getByRole('heading', { name: 'Who can help you' })

  for (const [failures, left] of ['4 tries', '3 tries', '2 tries'].entries()) {
    assert.equal(await contact.isVisible(), false, `after ${failures}`)
    await enterCode(page, anotherThan(code))
    await page.getByRole('alert').getByText(`That code is not right. ${left} left.`).waitFor()
  }
  assert.match(await page.title(), /^Error: /)
  const field = codeField(page)
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  const described = (await field.getAttribute('aria-describedby'))?.split(' ') ?? []
  assert.ok(described.includes('problem'), 'the problem is read aloud with the field')
  assert.equal(await page.getByRole('alert').getAttribute('id'), 'problem')
  assert.equal(await page.locator(':focus').getAttribute('id'), 'code')
  assert.ok((await isInView(page, '#problem')) && (await isInView(page, '#code')), 'problem and field are seen at once')
  assert.equal(await field.inputValue(), '', 'the wrong code is gone')
  await contact.waitFor()
  assert.equal(await page.getByRole('link', { name: '+4915550100001' }).getAttribute('href'), 'tel:+4915550100001')

  await enterCode(page, code)
  await isInside(page, 'op')
})

test('[F14] who asks for another code too soon is told from when on, and the code stays the same', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  await enterPassword(page, demo, 'root')
  const code = await readCode(page, demo, /email to root@/)
  await page.getByText('Not received a code?').click()
  await press(page, /^Send it again by email/)
  await page
    .getByText(/You can ask for another code from \d\d:\d\d:\d\d UTC/)
    .first()
    .waitFor()
  await enterCode(page, code)
  await isInside(page, 'root')
})

test('a mail server that refuses is not hidden: the page says what failed, whom to turn to and when to try again', {
  skip,
}, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  await demo.behave({ email: 'reject' })
  t.after(() => demo.behave({ email: 'ok' }))
  await enterPassword(page, demo, 'sam')
  await page.getByText('We could not send a code by email to s•••@acme.test.').waitFor()
  await page.getByRole('heading', { name: 'Who can help you' }).waitFor()
  await page.getByText(/You can ask for another code from \d\d:\d\d:\d\d UTC/).waitFor()
})

test('[F22] the whole sign-in works by keyboard, and the focus is always seen', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t)).newPage()
  const { keyboard } = page
  await page.goto('/acme/login')
  await page.locator('#username:focus').waitFor()
  await keyboard.type('kim')
  await keyboard.press('Tab')
  await keyboard.type(demo.passwordOf('kim'))
  await follow(page, () => keyboard.press('Enter'))
  await page.locator('#code:focus').waitFor()

  const stops: string[] = []
  for (let stop = 0; stop < 4; stop++) {
    const focused = page.locator(':focus')
    stops.push((await focused.getAttribute('id')) ?? (await focused.innerText()))
    const outline = await page.evaluate<string>(OUTLINE)
    assert.match(outline, /^solid [1-9]/, `a ring around ${stops.at(-1)}`)
    await keyboard.press('Tab')
  }
  assert.deepEqual(stops, ['code', 'remember', 'Continue', 'Not received a code?'])
  for (let stop = 0; stop < 4; stop++) await keyboard.press('Shift+Tab')
  await keyboard.type(await readCode(page, demo, /email to kim@/))
  await keyboard.press('Tab')
  await keyboard.press('Space')
  assert.equal(await page.getByRole('checkbox').isChecked(), false)
  await follow(page, () => keyboard.press('Enter'))
  await isInside(page, 'kim')
})

const OUTLINE =
  "['outlineStyle', 'outlineWidth'].map((name) => getComputedStyle(document.activeElement)[name]).join(' ')"
