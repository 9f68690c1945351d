import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJson } from './json-body.ts'

async function read(body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<unknown> {
  const request = new Request('http://localhost/', { method: 'POST', headers: { 'content-type': type }, body })
  const json = await readJson(request)
  return json.kind === 'ok' ? json.value : json.response.status
}

test('JSON is read', async () => {
  const value = { text: 'a "quoted" \\ {[:,]} key', list: [{ key: 1 }, { key: 2 }], nothing: null }
  assert.deepEqual(await read(JSON.stringify(value)), value)
  assert.deepEqual(await read('\ufeff{"a":1}', 'application/json; charset="utf-8"'), { a: 1 })
  assert.equal(await read('7'), 7)
})

test('[IV-02] a key that comes twice is refused, at any depth and however it is written', async () => {
  for (const body of [
    '{"code":"1","code":"2"}',
    '{"a":{"b":1,"b":1}}',
    '[{"a":1,"\\u0061":2}]',
    '{"a":{"x":1},"b":[{"x":1}],"a":0}',
  ]) {
    assert.equal(await read(body), 400, body)
  }
  assert.deepEqual(await read('{"a":{"a":{"a":"a"}},"b":["b","b"]}'), { a: { a: { a: 'a' } }, b: ['b', 'b'] })
})

test('[IV-03] names of prototypes are refused and touch nothing', async () => {
  for (const key of ['__proto__', 'constructor', 'prototype', '\\u005f_proto__']) {
    assert.equal(await read(`{"${key}":{"polluted":true}}`), 400, key)
    assert.equal(await read(`{"a":[{"${key}":1}]}`), 400, key)
  }
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

test('what is no JSON, or too deep, is refused', async () => {
  for (const body of [
    '',
    '{',
    '{"a":}',
    "{'a':1}",
    '{"a":1}}',
    'NaN',
    '{"a":1,}',
    '"\u0001"',
    `${'['.repeat(40)}${']'.repeat(40)}`,
    '['.repeat(60_000),
  ]) {
    assert.equal(await read(body), 400, body.slice(0, 20))
  }
  assert.equal(await read(new Uint8Array([0x22, 0xff, 0x22])), 400)
  assert.equal(await read(`"${'x'.repeat(70_000)}"`), 413)
})

test('[SE-08] JSON under another content type is refused', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonp',
    'text/json',
    'application/json; charset=utf-16',
  ]) {
    assert.equal(await read('{}', type), 415, type)
  }
})

test('where a body is optional, none is an empty object, and one without a type is still refused', async () => {
  const empty = await readJson(new Request('http://localhost/', { method: 'POST' }), { optional: true })
  assert.deepEqual(empty, { kind: 'ok', value: {} })
  const untyped = await readJson(
    new Request('http://localhost/', { method: 'POST', body: new TextEncoder().encode('{}') }),
    { optional: true },
  )
  assert.ok(untyped.kind === 'refused' && untyped.response.status === 415)
})
