import { Secret } from '#domain/secret.ts'
import type { User, UserKind } from '#domain/user.ts'
import { parseSetting } from '#policy/settings.ts'
import type { UserFields } from '#usecases/user-input.ts'
import { changeUser, createUser, deleteUser, switchUserApplication, unlockUser } from '#usecases/users.ts'
import { addressesThatWait } from '#usecases/prove-address.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, type Job, say } from './job.ts'
import { type None, unlessNone } from './typed-values.ts'
import { saved } from './users-refused.ts'

export interface UserFlags {
  readonly email?: string
  readonly phone?: string
  readonly displayName?: string
  readonly kind?: string
  readonly status?: string
  readonly language?: string
  /** false: `--no-role`. */
  readonly role?: readonly string[] | false
  readonly twoFactorSms?: boolean
  readonly twoFactorEmail?: boolean
  readonly twoFactorApp?: boolean
  readonly intervalHours?: number | None
  readonly passwordStdin?: true
}

export async function addUser(job: Job, username: string, flags: UserFlags): Promise<void> {
  const fields = fieldsOf(flags)
  const password = flags.passwordStdin ? await readPassword(job) : undefined
  await atSite(job, async ({ ports, file, order }) => {
    const outcome = await createUser(ports, { ...order, username, fields, password })
    const user = await saved(ports, file.site, username, outcome)
    answer(job, { username: user.username, created: true }, `User ${user.username} is made.`)
    const link = `countersign --site ${file.site.name} users reset-password ${user.username}`
    if (!password) say(job, `${user.username} has no password yet; "${link}" mails a link to choose one.`)
  })
}

export async function setUser(job: Job, username: string, flags: UserFlags): Promise<void> {
  const fields = fieldsOf(flags)
  if (Object.keys(fields).length === 0 && !flags.passwordStdin) {
    throw new Failure(
      EXIT.usage,
      'What is to be changed? "countersign help users" and "users set --help" tell what can be.',
    )
  }
  const password = flags.passwordStdin ? await readPassword(job) : undefined
  await atSite(job, async ({ ports, file, order }) => {
    const user = await saved(
      ports,
      file.site,
      username,
      await changeUser(ports, { ...order, username, fields, password }),
    )
    answer(job, { username: user.username, changed: true }, `User ${user.username} is changed.`)
    for (const { address } of await addressesThatWait(ports, user, ports.clock.now()))
      say(
        job,
        `${address} waits until ${user.username} has typed the code sent there on the account page; codes do not go there before.`,
      )
  })
}

export function switchUser(
  job: Job,
  username: string,
  { application, twoFactorAuth: twoFactor }: { readonly application: string; readonly twoFactorAuth: boolean },
): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await switchUserApplication(ports, { ...order, username, application, twoFactor })
    const user = await saved(ports, file.site, username, outcome)
    const data = { username: user.username, application, two_factor: twoFactor }
    answer(job, data, `2FA for ${user.username} at ${application} is ${twoFactor ? 'on' : 'off'}.`)
  })
}

export function unlock(job: Job, username: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const user = await saved(ports, file.site, username, await unlockUser(ports, { ...order, username }))
    answer(job, { username: user.username, unlocked: true }, `The second step of ${user.username} is open.`)
  })
}

export async function removeUser(job: Job, username: string, flags: { readonly yes?: true }): Promise<void> {
  if (!flags.yes)
    throw new Failure(EXIT.usage, `This would delete the user ${username}. Add --yes if that is what you want.`)
  await atSite(job, async ({ ports, file, order }) => {
    const user = await saved(ports, file.site, username, await deleteUser(ports, { ...order, username }))
    answer(job, { deleted: user.username }, `User ${user.username} is deleted.`)
  })
}

/** Only what was typed; the use case checks it. */
function fieldsOf(flags: UserFlags): UserFields {
  const { email, phone, language, intervalHours, role } = flags
  const hours = typeof intervalHours === 'number' ? parseSetting('challenge.interval_hours', intervalHours) : undefined
  if (hours && !hours.ok) throw new Failure(EXIT.refused, hours.problem)
  const typed: UserFields = {
    displayName: flags.displayName,
    email: orNone(email),
    phone: orNone(phone),
    kind: flags.kind as UserKind | undefined,
    status: statusOf(flags.status),
    language: orNone(language),
    roles: role === false ? [] : role,
    twoFactorApp: flags.twoFactorApp,
    twoFactorEmail: flags.twoFactorEmail,
    twoFactorSms: flags.twoFactorSms,
    intervalHours: unlessNone(intervalHours),
  }
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined))
}

function orNone(text: string | undefined): string | null | undefined {
  return text === '' ? null : text
}

function statusOf(text: string | undefined): User['status'] | undefined {
  if (text === undefined || text === 'active' || text === 'disabled') return text
  throw new Failure(EXIT.usage, `A user is active or disabled, not "${text}".`)
}

/** All of standard input but the line break at its end. */
async function readPassword(job: Job): Promise<Secret> {
  if (job.context.isTerminal) say(job, 'Type the password, then Enter and Ctrl-D.')
  const text = (await job.context.input()).replace(/\r?\n$/, '')
  if (text === '') throw new Failure(EXIT.usage, 'No password came on standard input.')
  return new Secret(text)
}
