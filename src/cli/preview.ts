import type { SettingsPatch } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import {
  type Preview,
  type PreviewedSignIn,
  previewSettings,
  type Stuck,
  type StuckSignIn,
} from '#usecases/preview-settings.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, type Job, notFound } from './job.ts'
import { count, table } from './output.ts'
import { patchOf } from './set-config.ts'
import { changeLines } from './setting-changes.ts'

/** Sign-ins that a list for people names; the JSON has them all. */
const SHOWN = 25

const WHY: Readonly<Record<Stuck, string>> = {
  no_address: 'no email address',
  no_phone: 'no phone number',
  channel_unconfigured: 'no channel set up',
  nothing_enrolled: 'an authenticator app has to be set up first',
  denied: 'refused',
}

/** What a change of settings would do, before anybody saves it. */
export async function preview(job: Job, typed: readonly string[]): Promise<void> {
  const patch = patchOf(typed)
  await atSite(job, async ({ ports, order }) => {
    const found = await previewOf(ports, order.site, patch)
    answer(job, previewJson(order.site, found), [changeLines(found.changes), ...paragraphs(found)].join('\n'))
  })
}

/** The same for a patch that is known to be right. */
export async function previewOf(
  ports: Ports,
  site: string,
  patch: SettingsPatch | Readonly<Record<string, unknown>>,
): Promise<Preview> {
  const outcome = await previewSettings(ports, { site, patch })
  if (outcome.kind === 'unknown-site') throw notFound('site', site, [])
  if (outcome.kind === 'invalid')
    throw new Failure(EXIT.refused, outcome.problems.map(({ problem }) => problem).join('\n'))
  return outcome
}

/** How many it would touch, in a sentence or two. */
export function summary({ users, newlyAsked, noLongerAsked, cannotPass, notEnforced, rolesFlagged }: Preview): string {
  const stuck = people(cannotPass.filter(({ already }) => !already))
  const lines = [
    `Of ${count(users, 'active user')}: ${count(people(newlyAsked), 'person', 'people')} would newly be asked for a second factor,` +
      ` ${people(noLongerAsked)} no longer.`,
    cannotPass.length === 0
      ? 'Everybody could pass.'
      : `${count(people(cannotPass), 'person', 'people')} could not pass at once, ${stuck === 0 ? 'none' : stuck} of them because of this change.`,
  ]
  if (rolesFlagged.length > 0) lines.push(`The role ${rolesFlagged.join(', ')} would be flagged with it.`)
  if (notEnforced.length > 0)
    lines.push(
      `${count(people(notEnforced), 'person', 'people')} would be let in with the password alone: no channel was ever set up.`,
    )
  return `${lines.join('\n')}\n`
}

function paragraphs(found: Preview): readonly string[] {
  return [
    summary(found),
    list('Newly asked', found.newlyAsked, ({ after }) => after.reason),
    list('No longer asked', found.noLongerAsked, ({ after }) => after.reason),
    list('Could not pass', found.cannotPass, (each: StuckSignIn) => each.why.map((why) => WHY[why]).join(', ')),
    list('Let in without a second factor', found.notEnforced, ({ after }) => after.setting ?? after.reason),
  ].filter((text) => text !== '')
}

function list<Each extends PreviewedSignIn>(
  title: string,
  signIns: readonly Each[],
  because: (each: Each) => string,
): string {
  if (signIns.length === 0) return ''
  const rows = signIns
    .slice(0, SHOWN)
    .map((each) => [each.username, each.application, each.administrator ? 'yes' : '', because(each)])
  const more = signIns.length - rows.length
  const rest = more === 0 ? '' : `and ${more} more; --json lists them all\n`
  return `${title}\n${table(['User', 'Application', 'Administrator', 'Because'], rows)}${rest}`
}

function people(signIns: readonly PreviewedSignIn[]): number {
  return new Set(signIns.map(({ username }) => username)).size
}

export function previewJson(site: string, found: Preview): object {
  const { newlyAsked, noLongerAsked, cannotPass, notEnforced } = found
  return {
    site,
    version: found.version,
    changes: found.changes,
    roles_flagged: found.rolesFlagged,
    users: found.users,
    counts: {
      newly_asked: newlyAsked.length,
      no_longer_asked: noLongerAsked.length,
      cannot_pass: cannotPass.length,
      not_enforced: notEnforced.length,
    },
    newly_asked: newlyAsked.map(signInJson),
    no_longer_asked: noLongerAsked.map(signInJson),
    cannot_pass: cannotPass.map((each) => ({ ...signInJson(each), why: each.why, already: each.already })),
    not_enforced: notEnforced.map(signInJson),
  }
}

function signInJson({ username, displayName, application, administrator, before, after }: PreviewedSignIn): object {
  return { username, display_name: displayName, application, administrator, before, after }
}
