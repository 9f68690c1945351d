import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readReference, referenceOf } from './reference.ts'

test('[F25] a reference is eight letters of the beginning of the id, and read back however it was heard', () => {
  const id = `chl_${Buffer.from([0, 1, 2, 253, 255, 9, 9, 9]).toString('base64url')}` as const
  assert.equal(referenceOf(id), '000G-5ZFZ')
  for (const typed of ['000G-5ZFZ', '000g5zfz', ' o0Og 5zfz ', 'OOOG-5ZFZ'])
    assert.equal(readReference(typed), '000G-5ZFZ')
  assert.equal(readReference('il00-0000'), '1100-0000')
  for (const typed of ['', '000G-5ZF', '000G-5ZFZ0', '000G-5ZFU', "' OR 1=1"])
    assert.equal(readReference(typed), undefined)
})
