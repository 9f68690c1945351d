import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { previewWording } from './preview-wording.ts'

test("a wording with a single mistake is not shown; a right one is, with a code of the site's length", async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const order = { ...ADMIN, site: at.site.name, message: 'code', language: 'en' } as const
  const ours = await previewWording(at.ports, { ...order, wording: null })
  assert.ok(ours.kind === 'shown')
  assert.match(JSON.stringify(ours.preview), /\b123456\b/)
  const wrong = await previewWording(at.ports, {
    ...order,
    wording: { subject: '{nonsense}', text: '{code}', sms: null },
  })
  assert.ok(wrong.kind === 'invalid', wrong.kind)
  assert.equal(wrong.problems.length, 1)
  assert.equal((await previewWording(at.ports, { ...order, site: 'nowhere', wording: null })).kind, 'unknown-site')
})
