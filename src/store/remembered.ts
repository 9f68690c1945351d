import type { SiteId, UserId } from '#domain/id.ts'
import type { Site } from '#domain/site.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Change, Writes } from '#ports/changes.ts'
import type { SessionFile, Store } from '#ports/store.ts'
import type { ChangedElsewhere } from './database.ts'

/** Most sessions that are kept at hand; the one that was read longest ago goes first. */
const MOST_SESSIONS = 10_000
/** What no log tells of, such as a channel of the deployment, is seen after this long at the latest. */
const KEPT_FOR = seconds(30)

/**
 * The store with the sessions that are asked for at each request of each application kept at hand. It is exact for what this process
 * writes: whatever a commit touches is forgotten before the commit is told. For what others write it is as exact as `elsewhere`.
 * Nothing is refused on what is kept: `accessFile` says when it has read anew, and whoever would refuse reads anew first.
 */
export function remembering(store: Store, elsewhere: ChangedElsewhere): Store {
  const sessions = new Map<string, { readonly file: SessionFile; readonly as: string; readonly at: Instant }>()
  const sites = new Map<string, { readonly site: Site; readonly as: string }>()
  const versions = new Versions()

  const look = (): void => {
    const changed = elsewhere()
    if (changed === 'nothing') return
    if (changed === 'anything') versions.raiseAll()
    else for (const site of changed) versions.raiseSite(site)
  }

  async function freshSession(key: string, site: SiteId, digest: string, now: Instant): Promise<SessionFile | null> {
    sessions.delete(key)
    const before = versions.mark()
    const file = await store.sessionFile(site, digest, now)
    // Read while something was being written: it may be the state before.
    if (file !== null && versions.mark() === before) {
      sessions.set(key, { file, as: versions.of(site, file.user.id), at: now })
      const [oldest] = sessions.keys()
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
    }
    return file
  }

  return {
    ...store,

    async accessFile(site, digest, now, { fresh }) {
      look()
      const key = `${site} ${digest}`
      const kept = sessions.get(key)
      const good = kept !== undefined && now < kept.at + KEPT_FOR && kept.as === versions.of(site, kept.file.user.id)
      if (!fresh && good) return { file: kept.file, fresh: false }
      return { file: await freshSession(key, site, digest, now), fresh: true }
    },

    async site(name) {
      look()
      const kept = sites.get(name)
      if (kept !== undefined && kept.as === versions.of(kept.site.id, null)) return kept.site
      const before = versions.mark()
      const site = await store.site(name)
      if (site !== null && versions.mark() === before) sites.set(name, { site, as: versions.of(site.id, null) })
      else sites.delete(name)
      return site
    },

    async commit(writes) {
      versions.raiseFor(writes)
      try {
        return await store.commit(writes)
      } finally {
        versions.raiseFor(writes)
      }
    },

    async touchSession(id, at) {
      await store.touchSession(id, at)
      for (const [key, { file }] of sessions) if (file.session.id === id) sessions.delete(key)
    },

    async setServerChannel(channel, row) {
      await store.setServerChannel(channel, row)
      versions.raiseAll()
    },
  }
}

/** Counts what was written: one number for all, one for each site as a whole, one for each user. */
class Versions {
  #all = 0
  #marks = 0
  readonly #sites = new Map<string, number>()
  readonly #users = new Map<string, number>()

  mark(): number {
    return this.#marks
  }

  of(site: SiteId, user: UserId | null): string {
    return `${this.#all} ${this.#sites.get(site) ?? 0} ${user === null ? '' : (this.#users.get(user) ?? 0)}`
  }

  raiseAll(): void {
    this.#all += 1
    this.#marks += 1
    this.#sites.clear()
    this.#users.clear()
  }

  raiseSite(site: SiteId): void {
    this.#sites.set(site, ++this.#marks)
  }

  raiseFor({ site, changes }: Writes): void {
    this.#marks += 1
    for (const change of changes) {
      if (CHANGES_NO_ANSWER.includes(change.kind)) continue
      const user = userOf(change)
      if (user === undefined) return this.raiseSite(site)
      this.#users.set(user, this.#marks)
    }
  }
}

/** About a user whom they do not name, and without a say in whether a session may go on. */
const CHANGES_NO_ANSWER: readonly Change['kind'][] = [
  'spend-step',
  'use-device',
  'rotate-device',
  'retire-device-token',
  'move-delivery',
  'count-password',
  'seal-audit',
  'use-passkey',
  'spend-hardware',
  'spend-ceremony',
  'do-request',
]

/** The one user that a change is about; undefined: it is about more, or does not say. */
function userOf(change: Change): UserId | undefined {
  if (change.kind === 'remove-user' || change.kind === 'change-user' || change.kind === 'add-user')
    return typeof change.user === 'string' ? change.user : change.user.id
  for (const part of [change, ...Object.values<unknown>(change)]) {
    if (typeof part !== 'object' || part === null || !('user' in part)) continue
    if (typeof part.user === 'string') return part.user as UserId
  }
  return undefined
}
