import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { rows, waiting } from '../../test/steps.ts'

async function open(t: TestContext): Promise<ApiWorld> {
  const world = await apiWorld()
  t.after(world.close)
  return world
}

const call = (at: ApiWorld, door: string, body?: unknown) =>
  at.api(door, { token: at.keys.admin, ...(body === undefined ? {} : { body }) })

const OWN = { subject: '{site}: {code}', text: 'Hello {person},\n\n{code}\n\nis your code.', sms: '{code} for {site}' }

test('[IV-06] a site words a message, sees it before, sends it, and takes it back', async (t) => {
  const at = await open(t)
  const preview = await call(at, 'POST /delivery/texts/code/en/preview', OWN)
  assert.equal(preview.status, 200)
  assert.match(preview.body.email.subject, /: 123456$/)
  assert.match(preview.body.sms.text, /^123456 for .*\n\n@localhost #123456$/)
  assert.deepEqual([preview.body.sms.alphabet, preview.body.sms.parts], ['gsm7', 1])
  assert.deepEqual((await call(at, 'GET /delivery/texts')).body.items, [], 'a preview keeps nothing')

  const saved = await call(at, 'PUT /delivery/texts/code/en', OWN)
  assert.deepEqual([saved.status, saved.body], [200, { message: 'code', language: 'en', ...OWN }])
  const listed = (await call(at, 'GET /delivery/texts')).body
  assert.deepEqual(listed.items, [{ message: 'code', language: 'en', ...OWN }])
  assert.deepEqual(listed.words.code, { mail: ['code', 'site', 'person', 'until'], sms: ['code', 'site'] })

  waiting(await at.password('kim'))
  const [mail] = at.messages('email')
  const code = at.codeFor('kim')
  assert.match(mail?.subject ?? '', new RegExp(`: ${code}$`))
  assert.match(mail?.text ?? '', new RegExp(`^Hello .*,\n\n${code}\n\nis your code\\.\n`))

  assert.equal((await call(at, 'DELETE /delivery/texts/code/en')).status, 204)
  assert.equal((await call(at, 'DELETE /delivery/texts/code/en')).status, 404)
  const ours = await call(at, 'POST /delivery/texts/code/en/preview', {})
  assert.match(ours.body.email.text, /^123456 is your /)
  const changes = await rows(at, 'config.texts.changed')
  assert.deepEqual(
    changes.map(({ data }) => data),
    [
      { message: 'code', language: 'en', own: ['subject', 'text', 'sms'] },
      { message: 'code', language: 'en', own: [] },
    ],
  )
})

test('[IV-06] words that would evaluate, lead elsewhere or leave the code out are 400 with their place, and change nothing', async (t) => {
  const at = await open(t)
  const wrong = { subject: '{code}\r\nBcc: all@evil.test', text: '{{constructor.constructor}} {code}', sms: 'Hello' }
  for (const door of ['PUT /delivery/texts/code/en', 'POST /delivery/texts/code/en/preview']) {
    const refused = await call(at, door, wrong)
    assert.deepEqual([refused.status, refused.body.code], [400, 'invalid_request'])
    assert.deepEqual(
      refused.body.errors.map((each: { pointer: string }) => each.pointer),
      ['/subject', '/text', '/sms'],
    )
  }
  assert.equal((await call(at, 'PUT /delivery/texts/code/en', {})).status, 400)
  assert.equal((await call(at, 'PUT /delivery/texts/code/en', { html: '<b>' })).body.code, 'unknown_field')
  for (const nowhere of ['notice/en', 'code/xx', '__proto__/en', 'constructor/en'])
    assert.equal((await call(at, `PUT /delivery/texts/${nowhere}`, OWN)).status, 404, nowhere)
  assert.deepEqual((await call(at, 'GET /delivery/texts')).body.items, [])
  assert.deepEqual(await rows(at, 'config.texts.changed'), [])
})

test('[IV-06] the words of one language are for those who read it', async (t) => {
  const at = await open(t)
  await call(at, 'PUT /delivery/texts/code/de', { text: 'Ihr Code: {code}' })
  waiting(await at.password('kim'))
  assert.match(at.messages('email')[0]?.text ?? '', /^\d{6} is your /)
  await at.set({ 'site.language': 'de' })
  waiting(await at.password('op'))
  assert.match(at.messages('email')[0]?.text ?? '', /^Ihr Code: \d{6}\n/)
})
