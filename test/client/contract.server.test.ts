import assert from 'node:assert/strict'
import { after } from 'node:test'
import { createApiKey } from '#usecases/api-keys.ts'
import { protectedServer } from '../protocol/protected-world.ts'
import { ADMIN, type World } from '../world.ts'
import { clientContract } from './contract.ts'

const worlds: World[] = []
after(async () => {
  for (const world of worlds) await world.close()
})

clientContract('the server', async () => {
  const at = await protectedServer({ preset: 'manufacturing' })
  worlds.push(at)
  await at.set({ 'two_factor.include_website_users': false })
  const scopes = ['challenges'] as const
  const made = await createApiKey(at.ports, { ...ADMIN, site: 'acme', name: 'shop', scopes, expiresAt: null })
  assert.ok(made.kind === 'created')
  return {
    fetch: (input, init) => at.server.fetch(new Request(input, init), '198.51.100.7'),
    key: made.text,
    codeFor: (username) => at.codeFor(username),
    pass: (milliseconds) => at.clock.pass(milliseconds),
    messages: () => at.messages().length,
  }
})
