import { access, writeFile } from 'node:fs/promises'
import { Secret } from '#domain/secret.ts'
import { createSite } from '#usecases/sites.ts'
import { createUser } from '#usecases/users.ts'
import { environmentFile } from './environment-file.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { askForInit, type InitFlags, type InitPlan } from './init-questions.ts'
import { answer, inHouse, type Job, busy, say } from './job.ts'
import { makeFirstLink } from './users-first-link.ts'
import { saved } from './users-refused.ts'

/**
 * From an empty folder to a server that can be started: the environment in a file, the key, the tables, a site and its first
 * administrator. Nothing that is there already is overwritten; on a terminal it asks for what was not given.
 */
export async function init(job: Job, flags: InitFlags): Promise<void> {
  const { environmentFile: file } = flags
  if (await exists(file))
    throw new Failure(
      EXIT.refused,
      `${file} is there already and stays as it is. Name another one with --environment-file, or take it away first.`,
    )
  const plan = await askForInit(job, flags)
  const { environment, site } = plan
  const keyFile = environment['COUNTERSIGN_KEY_FILE'] ?? ''
  const keyKept = await exists(keyFile)
  if (!keyKept) {
    const created = await job.context.createKey(keyFile)
    if (created.kind === 'refused') throw new Failure(EXIT.refused, created.message)
  }
  await inHouse(
    job,
    async ({ ports, act }) => {
      const made = await createSite(ports, { ...act, name: site.name, title: site.title, preset: site.preset })
      if (made.kind === 'invalid-name') throw new Failure(EXIT.refused, `${made.problem}.`)
      if (made.kind === 'name-taken') throw new Failure(EXIT.refused, `There is a site "${site.name}" already.`)
      if (made.kind === 'busy') throw busy()
      await writeFile(file, environmentFile(environment), { mode: 0o600, flag: 'wx' })
      const { username, email, password } = plan.administrator
      const chosen = password === null ? {} : { password: new Secret(password) }
      const order = { ...act, site: site.name, username, ...chosen }
      const outcome = await createUser(ports, { ...order, fields: { email, roles: ['Administrator'] } })
      await saved(ports, made.site, username, outcome)
      const first = password === null ? await makeFirstLink(ports, made.site, order) : null
      tell(job, file, keyFile, plan, first)
    },
    { migrate: true, environment },
  )
  if (keyKept) say(job, `The key in ${keyFile} was there already and is used as it is.`)
}

function tell(
  job: Job,
  file: string,
  keyFile: string,
  { environment, site, administrator }: InitPlan,
  first: { readonly link: string; readonly until: string } | null,
): void {
  const login = `${environment['COUNTERSIGN_ORIGIN']}/${site.name}/login`
  const data = {
    environment_file: file,
    key_file: keyFile,
    site: site.name,
    administrator: administrator.username,
    login,
    ...(first ? { link: first.link, expires_at: first.until } : {}),
  }
  const who = `Site ${site.name} is made, and ${administrator.username} is its administrator. The environment is in ${file}.`
  const choose = `${administrator.username} chooses a password here, once, until ${first?.until}; nobody else may see it:`
  answer(job, data, first ? `${who}\n${choose}\n  ${first.link}` : who)
  say(job, `Keep a copy of ${keyFile} apart from the database: without it nothing that was sealed opens again.`)
  say(job, `Next: set -a; . ${file.includes('/') ? file : `./${file}`}; set +a; countersign serve`)
  say(
    job,
    `Then: ${first ? 'open the link' : `sign in at ${login}`}, and countersign --site ${site.name} set-config enable_two_factor_auth true`,
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
