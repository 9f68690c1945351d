import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { PresetName } from '#policy/presets.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { protectedWorld, type ProtectedWorld } from '../protocol/protected-world.ts'
import { freePort } from '../protocol/real-proxy.ts'
import { ADMIN } from '../world.ts'

export interface ServedWorld extends ProtectedWorld {
  /** A key with the scope `challenges`. */
  readonly key: string
}

/** A world on a real socket at its own origin, for programs that nobody here holds by the hand. */
export async function servedWorld(t: TestContext, preset: PresetName): Promise<ServedWorld> {
  const port = await freePort()
  const at = await protectedWorld(t, { preset, origin: `http://127.0.0.1:${port}` })
  const listening = await at.server.listen({ host: '127.0.0.1', port })
  t.after(() => listening.close())
  const order = { ...ADMIN, site: 'acme', name: 'shop', scopes: ['challenges'], expiresAt: null } as const
  const made = await createApiKey(at.ports, order)
  assert.ok(made.kind === 'created')
  return { ...at, key: made.text }
}
