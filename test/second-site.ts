import assert from 'node:assert/strict'
import type { Site } from '#domain/site.ts'
import { Secret } from '#domain/secret.ts'
import type { PresetName } from '#policy/presets.ts'
import { changeSettings } from '#usecases/settings.ts'
import { signIn, type SignInOutcome } from '#usecases/sign-in.ts'
import { createSite } from '#usecases/sites.ts'
import type { UserFields } from '#usecases/user-input.ts'
import { createUser } from '#usecases/users.ts'
import { ADMIN, HOME, type World } from './world.ts'

export interface SecondSite {
  readonly site: Site
  set(patch: Record<string, unknown>): Promise<void>
  /** Makes a system user with an address and a number of their own. */
  join(username: string, fields?: UserFields): Promise<void>
  password(username: string, application?: string): Promise<SignInOutcome>
}

/** A further site on the same server, with nobody in it and two-factor authentication still off. */
export async function secondSite({ ports }: World, name: string, preset: PresetName): Promise<SecondSite> {
  const made = await createSite(ports, { ...ADMIN, name, title: name, preset })
  assert.ok(made.kind === 'created', made.kind)
  const { site } = made
  const secret = new Secret('a long password of the second site')
  return {
    site,
    async set(patch) {
      const outcome = await changeSettings(ports, { ...ADMIN, site: name, patch })
      assert.equal(outcome.kind, 'changed', JSON.stringify(outcome))
    },
    async join(username, fields = {}) {
      const own = { email: `${username}@${name}.test`, phone: '+4915550200001', ...fields }
      const outcome = await createUser(ports, { ...ADMIN, site: name, username, password: secret, fields: own })
      assert.equal(outcome.kind, 'saved', JSON.stringify(outcome))
    },
    password: (username, application = 'web') =>
      signIn(ports, { site: site.id, username, password: secret, application, surface: 'form', origin: HOME }),
  }
}
