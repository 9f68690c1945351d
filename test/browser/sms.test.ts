import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { anotherThan, enterCode, enterPassword, follow, isInside, readCode, readMessage, signOut } from './person.ts'

const skip = without('chromium')

let stage: Stage
before(async () => {
  if (!skip) stage = await openStage('scheduling')
})
after(() => stage?.close())

test('[S1.4] [S1.6] the code comes by SMS, at every sign-in', { skip }, async (t) => {
  const { demo, person } = stage
  const page = await (await person(t, { narrow: true, dark: true })).newPage()
  for (const _time of ['first', 'second']) {
    await enterPassword(page, demo, 'kim')
    await page.getByText('We sent a code by SMS to •••• 003.').waitFor()
    const sms = await readMessage(page, demo, /sms to \+4915550100003/)
    const code = await readCode(page, demo, /sms to \+4915550100003/)
    assert.match(sms, new RegExp(`@localhost #${code}$`), 'phones fill it in by its last line')
    await enterCode(page, code)
    await isInside(page, 'kim')
    await signOut(page)
  }
})

for (const failure of ['reject', 'timeout'])
  test(`[S1.8] [S1.8b] an SMS that meets ${failure} goes by email, and the page says so`, { skip }, async (t) => {
    const { demo, person } = stage
    await demo.behave({ sms: failure })
    const page = await (await person(t)).newPage()
    await enterPassword(page, demo, 'kim')
    await page.getByText('The SMS could not be sent. The code went by email to k•••@acme.test instead.').waitFor()
    await enterCode(page, await readCode(page, demo, /email to kim@/))
    await isInside(page, 'kim')
  })

test('[S3.6] after one wrong code the email is offered too, and its code passes', { skip }, async (t) => {
  const { demo, person } = stage
  await demo.behave({ sms: 'ok' })
  await demo.set({ 'two_factor.require_all': true, 'methods.choice': 'site_fixed', 'delivery.backup_offer_after': 1 })
  const page = await (await person(t)).newPage()
  await enterPassword(page, demo, 'op')
  await page.getByText('Not received a code?').click()
  const byEmail = page.getByRole('button', { name: 'Send a code by email to o•••@acme.test' })
  assert.equal(await byEmail.count(), 0)
  await enterCode(page, anotherThan(await readCode(page, demo, /sms to \+4915550100004/)))
  await follow(page, () => byEmail.click())
  await page.getByText('We sent a code by email to o•••@acme.test.').waitFor()
  await enterCode(page, await readCode(page, demo, /email to op@/))
  await isInside(page, 'op')
})
