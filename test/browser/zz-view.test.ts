import { test } from 'node:test'
import { openStage } from './chromium.ts'
import { enterCode, enterPassword } from './person.ts'
test('x', async (t) => {
  const stage = await openStage('retail')
  for (const narrow of [true, false]) {
    const page = await (await stage.person(t, { narrow })).newPage()
    await enterPassword(page, stage.demo, 'kim')
    await page.screenshot({ path: `/tmp/v-before-${narrow}.png` })
    await enterCode(page, '000000')
    await page.getByRole('alert').waitFor({ state: 'attached' })
    await page.screenshot({ path: `/tmp/v-after-${narrow}.png` })
    if (narrow) for (let i = 0; i < 4; i++) await enterCode(page, '000000')
    await page.screenshot({ path: `/tmp/v-last-${narrow}.png` })
  }
  await stage.close()
})
