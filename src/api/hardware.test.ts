import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hotp } from '#authenticators/hotp.ts'
import { apiWorld } from '../../test/api-world.ts'

/** RFC 4226, appendix D. */
const SECRET = Buffer.from('12345678901234567890')
const CSV = { 'content-type': 'text/csv' }
const LIST = `serial,secret,type,digits,counter\nA-1,${SECRET.toString('hex')},hotp,6,0\nA-2,JBSWY3DPEHPK3PXPJBSWY3DP,totp,8,\n`
const code = (counter: number): string => hotp(SECRET, counter)

async function withToken() {
  const here = await apiWorld()
  await here.set({ 'methods.allowed': ['hardware', 'email'], 'challenge.interval_hours': 0 })
  const token = here.keys.admin
  assert.deepEqual((await here.api('POST /hardware', { token, raw: LIST, headers: CSV })).body, {
    dry_run: false,
    tokens: 2,
    imported: 2,
  })
  const [first] = (await here.api('GET /hardware', { token })).body.items
  const path = `/hardware/${first.id}`
  assert.equal((await here.api(`PUT ${path}`, { token, body: { username: 'kim' } })).status, 204)
  const signIn = async (typed: string) => {
    const pending = (await here.login('kim')).body.pending.token
    return here.api('POST /login/verify', { token: pending, body: { code: typed } })
  }
  return { ...here, token, path, signIn }
}

test('[R-046] a hardware token signs in, skips up to ten presses, and no code passes twice', async () => {
  const { signIn, close } = await withToken()
  assert.equal((await signIn(code(0))).status, 200)
  assert.equal((await signIn(code(0))).status, 401, 'used')
  assert.equal((await signIn(code(11))).status, 200, 'ten presses in a pocket')
  assert.equal((await signIn(code(5))).status, 401, 'one that was passed over')
  assert.equal((await signIn(code(23))).status, 401, 'eleven presses')
  assert.equal((await signIn(code(22))).status, 200)
  await close()
})

test('[R-046] a token that was pressed too often is found by two codes in a row within a hundred', async () => {
  const { api, signIn, path, token, close } = await withToken()
  const find = (first: number, second: number) =>
    api(`POST ${path}/resynchronise`, { token, body: { first: code(first), second: code(second) } })
  assert.equal((await signIn(code(60))).status, 401)
  assert.equal((await find(60, 62)).status, 400, 'not in a row')
  assert.equal((await find(120, 121)).status, 400, 'too far')
  assert.equal((await find(60, 61)).status, 204)
  assert.equal((await signIn(code(61))).status, 401, 'spent by it')
  assert.equal((await signIn(code(62))).status, 200)
  await close()
})

test('a hardware token is handed out once, and thrown away it opens nothing', async () => {
  const { api, signIn, path, token, close } = await withToken()
  assert.equal((await api(`PUT ${path}`, { token, body: { username: 'op' } })).body.code, 'hardware_assigned')
  const held = (await api('GET /users/kim/authenticators', { token })).body.items
  assert.deepEqual(
    held.map((each: { kind: string; label: string }) => [each.kind, each.label]),
    [['hardware', 'Hardware token A-1']],
  )
  assert.equal((await api(`DELETE ${path}`, { token })).status, 204)
  assert.equal((await signIn(code(0))).status, 401)
  assert.equal((await api(`DELETE ${path}`, { token })).status, 404)
  await close()
})

test('a token taken from its user goes back into the drawer', async () => {
  const { api, path, token, close } = await withToken()
  const id = path.split('/').at(-1)
  assert.equal((await api(`DELETE /users/kim/authenticators/${id}`, { token })).status, 204)
  assert.equal((await api('GET /hardware', { token })).body.items[0].username, null)
  assert.equal((await api(`PUT ${path}`, { token, body: { username: 'op' } })).status, 204)
  await close()
})

test('[R-046] a PSKC file is taken in like a table; one whose secrets are encrypted is for the command line', async () => {
  const here = await apiWorld()
  const file = (head: string, secret: string) =>
    `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">${head}<KeyPackage>
      <DeviceInfo><SerialNo>P-1</SerialNo></DeviceInfo>
      <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
        <AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
        <Data><Secret>${secret}</Secret></Data></Key></KeyPackage></KeyContainer>`
  const send = (raw: string) =>
    here.api('POST /hardware', {
      token: here.keys.admin,
      raw,
      headers: { 'content-type': 'application/pskc+xml' },
    })
  const locked = await send(file('<EncryptionKey/>', '<EncryptedValue/>'))
  assert.deepEqual(
    [locked.body.code, locked.body.errors[0].detail],
    ['import_refused', 'its secret is encrypted, and the file takes its key'],
  )
  const plain = file('', `<PlainValue>${SECRET.toString('base64')}</PlainValue>`)
  assert.deepEqual((await send(plain)).body, { dry_run: false, tokens: 1, imported: 1 })
  const { items } = (await here.api('GET /hardware', { token: here.keys.admin })).body
  assert.deepEqual([items[0].serial, items[0].type], ['P-1', 'totp'])
  await here.close()
})

test('with dry_run=true a list is only looked at, and what this door does not take in its address is refused', async () => {
  const here = await apiWorld()
  const ask = (query: string) =>
    here.api(`POST /hardware${query}`, {
      token: here.keys.admin,
      raw: `serial,secret\nA1,${SECRET.toString('hex')}\n`,
      headers: { 'content-type': 'text/csv' },
    })
  const looked = await ask('?dry_run=true')
  assert.deepEqual([looked.status, looked.body], [200, { dry_run: true, tokens: 1, imported: 0 }])
  assert.equal((await ask('?dryrun=true')).body.code, 'unknown_field')
  assert.deepEqual((await here.api('GET /hardware', { token: here.keys.admin })).body.items, [])
  assert.equal((await ask('?dry_run=false')).status, 201)
  await here.close()
})

test('a list with anything wrong in it takes nothing in, and says where', async () => {
  const here = await apiWorld()
  const send = (raw: string) => here.api('POST /hardware', { token: here.keys.admin, raw, headers: CSV })
  const wrong = await send(
    'serial,secret,digits\nA-1,zz!,6\nA-2,31323334353637383930,9\nA-3,31323334353637383930,6\nA-3,31323334353637383930,6\n',
  )
  assert.equal(wrong.body.code, 'import_refused')
  assert.deepEqual(
    wrong.body.errors.map((each: { line: number }) => each.line),
    [2, 3, 5],
  )
  assert.equal((await send('serial\nA-1\n')).body.code, 'import_refused')
  assert.equal((await here.api('GET /hardware', { token: here.keys.admin })).body.items.length, 0)
  assert.equal((await send('serial;secret\nA-1;31323334353637383930\n')).status, 201)
  assert.equal((await send('serial;secret\nA-1;31323334353637383930\n')).body.code, 'import_refused', 'here already')
  await here.close()
})
