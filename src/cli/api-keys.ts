import { type Scope, SCOPES } from '#domain/api-key.ts'
import { rfc3339 } from '#domain/time.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, didYouMean, type Job, say } from './job.ts'
import { table } from './output.ts'
import { noSuchUser } from './users-refused.ts'

export interface CreateKeyFlags {
  readonly scopes: readonly string[]
  readonly user?: string
  readonly until?: number
}

export function listApiKeys(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file: { site } }) => {
    const users = new Map(
      (await ports.store.users(site.id, { after: null, limit: 1000 })).map(({ id, username }) => [id, username]),
    )
    const keys = (await ports.store.apiKeys(site.id)).map((key) => ({
      name: key.name,
      scopes: key.scopes,
      user: key.user && (users.get(key.user) ?? key.user),
      created_at: rfc3339(key.createdAt),
      expires_at: key.expiresAt === null ? null : rfc3339(key.expiresAt),
      revoked_at: key.revokedAt === null ? null : rfc3339(key.revokedAt),
    }))
    if (keys.length === 0) say(job, 'There is no API key yet. "api-keys create NAME --scopes LIST" makes one.')
    if (keys.length === 0 && !job.json) return
    const rows = keys.map((key) => [
      key.name,
      key.user ?? '',
      key.revoked_at === null ? (key.expires_at ?? 'never') : `revoked ${key.revoked_at}`,
      key.scopes.join(','),
    ])
    answer(job, keys, table(['Key', 'User', 'Ends', 'Scopes'], rows))
  })
}

export async function createKeyForProgram(job: Job, name: string, flags: CreateKeyFlags): Promise<void> {
  const { user: username, until } = flags
  const scopes = scopesNamed(flags.scopes)
  await atSite(job, async ({ ports, order, file }) => {
    const expiresAt = until ?? null
    const outcome = await createApiKey(ports, {
      ...order,
      name,
      scopes,
      expiresAt,
      ...(username === undefined ? {} : { username }),
    })
    switch (outcome.kind) {
      case 'unknown-site':
      case 'unknown-user':
        throw await noSuchUser(ports, file.site, username ?? '')
      case 'invalid':
        throw new Failure(EXIT.refused, outcome.problems.map(({ field, problem }) => `${field}: ${problem}`).join('\n'))
      case 'beyond-maker':
        throw new Failure(EXIT.refused, outcome.why)
      case 'busy':
        throw busy()
      case 'created': {
        const ends = expiresAt === null ? null : rfc3339(expiresAt)
        answer(job, { name, key: outcome.text, scopes, user: username ?? null, expires_at: ends }, outcome.text)
        say(job, 'This is the only time the key is shown.')
      }
    }
  })
}

function scopesNamed(names: readonly string[]): readonly Scope[] {
  if (names.length === 0)
    throw new Failure(EXIT.usage, `A key without a scope opens nothing. The scopes are ${SCOPES.join(', ')}.`)
  return names.map((name) => {
    const scope = SCOPES.find((each) => each === name)
    if (scope) return scope
    throw new Failure(
      EXIT.usage,
      `There is no scope "${name}".${didYouMean(name, SCOPES)} The scopes are ${SCOPES.join(', ')}.`,
    )
  })
}
