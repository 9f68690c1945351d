import { isGuessedFirst } from '#domain/guessed-password.ts'
import { isUsername, USER_KINDS, type UserKind } from '#domain/user.ts'
import { readPhone } from '#policy/phone-number.ts'
import type { SiteFile } from '#ports/store.ts'

/** What can be given of a user; a field left out stays as it is. */
export interface UserFields {
  readonly displayName?: string | undefined
  readonly email?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly kind?: UserKind | undefined
  readonly status?: 'active' | 'disabled' | undefined
  readonly language?: string | null | undefined
  readonly roles?: readonly string[] | undefined
  readonly twoFactorApp?: boolean | undefined
  readonly twoFactorEmail?: boolean | undefined
  readonly twoFactorSms?: boolean | undefined
  readonly intervalHours?: number | null | undefined
}

export interface FieldProblem {
  readonly field: string
  readonly problem: string
}

/** One address and nothing else: a list, a name or a line break could send a code to somebody else. */
const EMAIL = /^[^\s@,;<>"()[\]\\\p{C}]{1,64}@[^\s@,;<>"()[\]\\\p{C}]{1,189}$/u
const LONGEST_NAME = 140
const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 256
/** What is said of a password that anybody would try. */
export const GUESSED_FIRST = 'is one of those that are guessed first'

/** Everything that is wrong with these fields, at once. */
export function checkUser(file: SiteFile, username: string, fields: UserFields): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  const unless = (ok: boolean, field: string, problem: string): void => void (ok || problems.push({ field, problem }))
  unless(isUsername(username), 'username', 'a user name has 1 to 140 visible characters and no spaces')
  const { displayName, email, phone, kind, roles, language } = fields
  unless(
    (displayName ?? '').length <= LONGEST_NAME && !/\p{Cc}/u.test(displayName ?? ''),
    'display_name',
    'is one line of at most 140 characters',
  )
  unless(email == null || EMAIL.test(email), 'email', 'is not one email address')
  const read = phone == null ? undefined : readPhone(phone, file.settings)
  if (read?.ok === false) problems.push({ field: 'phone', problem: read.problem })
  unless(kind === undefined || USER_KINDS.includes(kind), 'kind', `is one of ${USER_KINDS.join(', ')}`)
  unless(
    language == null || /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language),
    'language',
    'is not a language tag like en or de-AT',
  )
  const known = file.roles.map(({ name }) => name)
  for (const role of roles ?? [])
    unless(known.includes(role), 'roles', `there is no role "${role}"; known: ${known.join(', ')}`)
  return problems
}

/** Fields as they are kept: the phone number in E.164. What `checkUser` objects to stays as it was typed. */
export function asKept({ settings }: Pick<SiteFile, 'settings'>, fields: UserFields): UserFields {
  const read = fields.phone == null ? undefined : readPhone(fields.phone, settings)
  return read?.ok ? { ...fields, phone: read.phone } : fields
}

/**
 * NIST SP 800-63B-4 3.1.1.2: long enough, no rules of composition, and none of those that are guessed first. `names`: of the user and of the
 * site, which are guessed too.
 */
export function checkPassword(password: string, names: readonly string[]): readonly FieldProblem[] {
  const { length } = [...password]
  if (length < SHORTEST_PASSWORD)
    return [{ field: 'password', problem: `needs at least ${SHORTEST_PASSWORD} characters` }]
  if (length > LONGEST_PASSWORD) return [{ field: 'password', problem: `has more than ${LONGEST_PASSWORD} characters` }]
  return isGuessedFirst(password, names) ? [{ field: 'password', problem: GUESSED_FIRST }] : []
}
