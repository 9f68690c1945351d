import assert from 'node:assert/strict'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import type { User } from '#domain/user.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, userParty } from '#usecases/act.ts'
import type { UserFields } from '#usecases/user-input.ts'
import { createUser } from '#usecases/users.ts'
import { ADMIN, HOME, type World } from './world.ts'

// People of the demo's site: what is known of them, and what they do in their own name.

/** All that is stored of a user. */
export async function fileOf(at: World, username: string): Promise<PersonFile> {
  const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
  assert.ok(file, `there is no user ${username}`)
  return file
}

export async function userOf(at: World, username: string): Promise<User> {
  return (await fileOf(at, username)).user
}

/** The beginning of an order that a user gives in their own name, from home. */
export async function by(at: World, username: string): Promise<Act> {
  return { actor: userParty(await userOf(at, username)), origin: HOME }
}

/** Makes a user whose password is like those of the demo's: `lee-demo-password`. */
export async function join(at: World, username: string, fields: UserFields = {}): Promise<User> {
  const password = new Secret(passwordOf(username))
  const outcome = await createUser(at.ports, { ...ADMIN, site: DEMO_SITE, username, password, fields })
  assert.ok(outcome.kind === 'saved', JSON.stringify(outcome))
  return outcome.user
}

export function passwordOf(username: string): string {
  return `${username}-demo-password`
}
