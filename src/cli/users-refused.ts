import type { Site } from '#domain/site.ts'
import type { User } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'
import type { UserOutcome } from '#usecases/over-user.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { busy, notFound } from './job.ts'

/** Among how many users a name like the one that was typed is looked for. */
const LOOK_THROUGH = 1_000

/** The user, where all went well; otherwise the failure that says why not. */
export async function saved(ports: Ports, site: Site, username: string, outcome: UserOutcome): Promise<User> {
  if (outcome.kind === 'saved') return outcome.user
  throw await refusedUser(ports, site, username, outcome)
}

/** Why something could not be done to a user. */
export async function refusedUser(
  ports: Ports,
  site: Site,
  username: string,
  outcome: Exclude<UserOutcome, { kind: 'saved' }>,
): Promise<Failure> {
  switch (outcome.kind) {
    case 'invalid':
      return new Failure(EXIT.refused, outcome.problems.map(({ field, problem }) => `${field}: ${problem}`).join('\n'))
    case 'name-taken':
      return new Failure(EXIT.refused, `There is a user "${username}" at ${site.name} already.`)
    case 'last-administrator':
      return new Failure(
        EXIT.refused,
        `${username} is the last administrator of ${site.name} who can sign in. Give somebody else the role Administrator first.`,
      )
    case 'last-factor':
      return new Failure(
        EXIT.refused,
        `A second factor is required of ${username}, and this is the last one. Set up another one first.`,
      )
    case 'factor-disabled':
      return new Failure(
        EXIT.refused,
        `A hundred failed codes have disabled the second factor of ${username}; "countersign --site ${site.name} users reset ${username}" lets it be set up anew.`,
      )
    case 'own-bypass':
      return new Failure(EXIT.refused, 'Nobody exempts themselves from the second factor; ask another administrator.')
    case 'version-conflict':
      return new Failure(EXIT.refused, `Somebody else has changed ${username} in between. Look again.`)
    case 'unknown-user':
    case 'unknown-site':
      return noSuchUser(ports, site, username)
    case 'busy':
      return busy()
  }
}

export async function noSuchUser(ports: Ports, site: Site, username: string): Promise<Failure> {
  const users = await ports.store.users(site.id, { after: null, limit: LOOK_THROUGH })
  return notFound(
    'user',
    username,
    users.map((user) => user.username),
  )
}
