import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteFor } from '../../test/steps.ts'
import { CEREMONY_LIFE, newCeremony, readCeremony } from './ceremony.ts'

test('a challenge is read as it was made, until it ends, and not with anything put to it', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { ports, site, clock } = at
  const what = { kind: 'sign-in' } as const
  const challenge = newCeremony(ports, site.id, what, clock.now())
  const expiresAt = clock.now() + CEREMONY_LIFE
  const read = (text: string, now = clock.now()) => readCeremony(ports, site.id, what, text, now)
  assert.equal(read(challenge)?.expiresAt, expiresAt)
  assert.ok(read(challenge, expiresAt - 1))
  assert.equal(read(challenge, expiresAt), null)
  const plain = Buffer.from(challenge, 'base64url').toString('latin1')
  for (const bent of [`${plain}.`, `${plain}.more`, plain.slice(0, -1), plain.replace('.', '..'), ''])
    assert.equal(read(Buffer.from(bent, 'latin1').toString('base64url')), null, bent)
})
