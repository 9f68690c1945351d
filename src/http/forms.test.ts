import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readForm } from './forms.ts'

const TYPE = 'application/x-www-form-urlencoded'

async function read(body: string | Uint8Array<ArrayBuffer>, type = TYPE): Promise<Record<string, string> | number> {
  const form = await readForm(
    new Request('http://localhost/', { method: 'POST', headers: { 'content-type': type }, body }),
  )
  return form.kind === 'ok' ? Object.fromEntries(form.fields) : form.response.status
}

test('a form is its fields', async () => {
  assert.deepEqual(await read('username=kim&password=a%2Bb+c%F0%9F%94%91&empty='), {
    username: 'kim',
    password: 'a+b c🔑',
    empty: '',
  })
  assert.deepEqual(await read('a=1', `${TYPE}; charset=UTF-8`), { a: '1' })
  assert.deepEqual(await read(''), {})
})

test('[IV-02] a field that comes twice is refused', async () => {
  assert.equal(await read('code=123456&code=654321'), 400)
  assert.equal(await read('code=1&c%6fde=2'), 400)
})

test('other content types, other encodings and what is too large are refused', async () => {
  for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x', `${TYPE}; charset=utf-16`]) {
    assert.equal(await read('a=1', type), 415, type)
  }
  assert.equal(await read(new Uint8Array([0x61, 0x3d, 0xff])), 400)
  assert.equal(await read(`a=${'x'.repeat(70_000)}`), 413)
})

test('a body that does not say how long it is is read up to the limit and no further', async () => {
  let given = 0
  const body = new ReadableStream({
    pull(controller) {
      given += 1
      controller.enqueue(new Uint8Array(16_384).fill(0x61))
    },
  })
  const request = new Request('http://localhost/', {
    method: 'POST',
    headers: { 'content-type': TYPE },
    body,
    duplex: 'half',
  })
  const form = await readForm(request)
  assert.ok(form.kind === 'refused' && form.response.status === 413)
  assert.ok(given < 10)
})
