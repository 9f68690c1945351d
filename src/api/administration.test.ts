import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { DEMO_USERS } from '#cli/demo-site.ts'
import { PRESET_NAMES, type PresetName } from '#policy/presets.ts'
import { SETTING_KEYS } from '#policy/settings.ts'

async function site(t: TestContext, preset: PresetName = 'manufacturing'): Promise<ApiWorld> {
  const made = await apiWorld({ preset })
  t.after(made.close)
  return made
}

test('settings are one flat object with a version', async (t) => {
  const { api, keys } = await site(t)
  const { body, headers } = await api('GET /settings', { token: keys.admin })
  assert.deepEqual(Object.keys(body).toSorted(), SETTING_KEYS.toSorted())
  assert.match(headers.get('etag') ?? '', /^"\d+"$/)
})

test('settings change all together or not at all', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const before = await api('GET /settings', { token })
  const refused = await api('PATCH /settings', {
    token,
    body: { 'code.digits': 8, 'lock.after': 1, 'contact.persons': [{ name: '' }] },
  })
  assert.equal(refused.status, 400)
  assert.deepEqual(
    refused.body.errors.map((each: { pointer: string }) => each.pointer),
    ['/lock.after', '/contact.persons'],
  )
  assert.equal((await api('GET /settings', { token })).text, before.text)

  const changed = await api('PATCH /settings', { token, body: { 'code.digits': 8, 'lock.after': 12 } })
  assert.equal(changed.status, 200)
  assert.equal(changed.body['code.digits'], 8)
  assert.equal(changed.body['lock.after'], 12)
  assert.notEqual(changed.headers.get('etag'), before.headers.get('etag'))
  const back = await api('PATCH /settings', { token, body: { 'code.digits': null } })
  assert.equal(back.body['code.digits'], 6)
})

test('an unknown setting changes nothing, and says what was meant', async (t) => {
  const { api, keys } = await site(t)
  const body = { 'code.digits': 8, 'two_factor.enable': true, enable_two_factor_auth: 1, zzzzzz: 1 }
  const refused = await api('PATCH /settings', { token: keys.admin, body })
  assert.equal(refused.status, 400)
  assert.equal(refused.body.code, 'unknown_setting')
  assert.deepEqual(refused.body.errors, [
    {
      pointer: '/two_factor.enable',
      detail: 'there is no setting two_factor.enable; did you mean two_factor.enabled?',
    },
    {
      pointer: '/enable_two_factor_auth',
      detail: 'there is no setting enable_two_factor_auth; did you mean two_factor.enabled?',
    },
    { pointer: '/zzzzzz', detail: 'there is no setting zzzzzz' },
  ])
  assert.equal((await api('GET /settings', { token: keys.admin })).body['code.digits'], 6)
})

test('[RC-13] If-Match keeps two administrators from overwriting each other', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  const etag = (await api('GET /settings', { token })).headers.get('etag') ?? ''
  const save = (digits: number, tag: string) =>
    api('PATCH /settings', { token, body: { 'code.digits': digits }, headers: { 'if-match': tag } })
  assert.equal((await save(8, etag)).status, 200)
  for (const tag of [etag, `W/${etag}`, 'nonsense', '"x"', '', '"1", "2"']) {
    const late = await save(7, tag)
    assert.equal(late.status, 412, tag)
    assert.equal(late.body.code, 'version_conflict')
  }
  assert.equal((await save(7, '*')).status, 200)
  const now = (await api('GET /settings', { token })).headers.get('etag') ?? ''
  const both = await Promise.all([save(6, now), save(8, now)])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 412],
  )
})

test('explain says which rule decides and why the others did not', async (t) => {
  const { api, keys } = await site(t)
  const ask = (body: unknown) => api('POST /explain', { token: keys.admin, body })
  const kim = await ask({ username: 'KIM', address: '203.0.113.9', at: '2026-12-24T18:00:00+01:00' })
  assert.equal(kim.body.decision.rule, 'methods')
  assert.equal(kim.body.rules.at(-1).applied, true)
  assert.ok(
    kim.body.rules
      .slice(0, -1)
      .every((rule: { applied: boolean; sentence: string }) => !rule.applied && rule.sentence !== ''),
  )
  assert.equal((await ask({ username: 'svc' })).body.decision.reason, 'use_api_key')
  assert.equal((await ask({ username: 'nobody' })).body.code, 'not_found')
  assert.equal((await ask({ username: 'kim', application: 'moon' })).body.code, 'unknown_application')
  for (const wrong of [{ address: 'nowhere' }, { address: '203.0.113.9:80' }, { at: 'tomorrow' }, { at: 7 }]) {
    assert.equal((await ask({ username: 'kim', ...wrong })).body.code, 'invalid_request', JSON.stringify(wrong))
  }
})

for (const preset of PRESET_NAMES)
  test(`[PO-11] explain decides as the next sign-in does, for every user of the demo under ${preset}`, async (t) => {
    const { api, keys, login } = await site(t, preset)
    for (const { username } of DEMO_USERS) {
      const explained = await api('POST /explain', { token: keys.admin, body: { username, address: '198.51.100.7' } })
      const outcome = await login(username)
      assert.deepEqual(explained.body.decision, outcome.body.decision, username)
    }
  })

test('the audit log is read page by page and filtered by names', async (t) => {
  const { api, keys, session, clock } = await site(t)
  const started = new Date(clock.now()).toISOString()
  clock.pass(1)
  await session('kim')
  await session('root')
  const ask = (query: string) => api(`GET /audit${query}`, { token: keys.admin })

  const all = await ask('?limit=500')
  assert.equal(all.body.next_cursor, null)
  const seqs: number[] = []
  for (let cursor = ''; ; ) {
    const page = await ask(`?limit=3${cursor}`)
    seqs.push(...page.body.items.map((item: { seq: number }) => item.seq))
    if (page.body.next_cursor === null) break
    assert.equal(page.body.items.length, 3)
    cursor = `&cursor=${page.body.next_cursor}`
    assert.equal(page.headers.get('link'), `<?limit=3${cursor}>; rel="next"`)
  }
  assert.deepEqual(
    seqs,
    all.body.items.map((item: { seq: number }) => item.seq),
  )

  const kim = await ask('?actor=kim&action=session.created')
  assert.equal(kim.body.items.length, 1)
  const [row] = kim.body.items
  assert.equal(row.user, 'kim')
  assert.match(row.action, /^Signed in/)
  assert.equal(row.address, '198.51.100.7')
  assert.equal(row.at, new Date(clock.now()).toISOString())
  assert.ok((await ask('?target=root')).body.items.length > 0)
  assert.ok(
    (await ask(`?to=${encodeURIComponent(started)}`)).body.items.every(
      (item: { event: string }) => item.event !== 'session.created',
    ),
  )
  assert.deepEqual((await ask('?actor=nobody')).body.items, [])
  for (const wrong of [
    '?limit=0',
    '?limit=501',
    '?limit=x',
    '?cursor=-1',
    '?action=nothing',
    '?from=today',
    '?limit=1&limit=2',
  ]) {
    assert.equal((await ask(wrong)).body.code, 'invalid_request', wrong)
  }
  assert.equal((await ask('?user=kim')).body.code, 'unknown_field')
})
