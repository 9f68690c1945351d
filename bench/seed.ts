import { newId } from '#domain/id.ts'
import { NEW_TOTP } from '#domain/authenticator.ts'
import { Secret } from '#domain/secret.ts'
import type { AuditEvent } from '#audit/event.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { newUser } from '#usecases/new-user.ts'
import { nameOf, PASSWORD, secretOf } from './people.ts'

const AT_ONCE = 200

/** Users by the hundred, each with a password and an app. One hash for all: it names no user, and the work to check it is the same. */
export async function seedPeople(ports: Ports, site: string, users: number): Promise<void> {
  const { store, clock, random, passwords, vault } = ports
  const file = await store.siteFile(site)
  if (file === null) throw new Error(`there is no site ${site}`)
  const passwordHash = await passwords.hash(new Secret(PASSWORD))
  const at = clock.now()
  const actor = { type: 'operator', id: 'bench', name: 'bench' } as const
  for (let from = 0; from < users; from += AT_ONCE) {
    const changes: Change[] = []
    const events: AuditEvent[] = []
    for (let number = from; number < Math.min(from + AT_ONCE, users); number += 1) {
      const fields = { email: `${nameOf(number)}@acme.test` }
      const made = newUser(ports, file, { actor, username: nameOf(number), fields }, { at, passwordHash })
      const id = newId('aut', random.bytes(16))
      changes.push(...made.changes, {
        kind: 'add-authenticator',
        authenticator: {
          kind: 'app',
          id,
          site: file.site.id,
          user: made.user.id,
          label: 'bench',
          sealedSecret: vault.seal(secretOf(number), id),
          parameters: NEW_TOTP,
          lastStep: 0,
          createdAt: at,
          lastUsedAt: null,
        },
      })
      events.push(made.event)
    }
    const [first, ...others] = events
    if (first === undefined) return
    const origin = { request: 'bench', address: null, userAgent: null }
    const done = await store.commit({ site: file.site.id, at, origin, changes, events: [first, ...others] })
    if (done === 'conflict') throw new Error('the users could not be made')
  }
}
