import { rfc3339 } from '#domain/time.ts'
import { schemaOf, valuesOf } from '#policy/manual.ts'
import { SETTINGS } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import { activityReport } from '#usecases/activity-report.ts'
import { describeSettings } from '#usecases/describe-settings.ts'
import { overview } from '#usecases/overview.ts'
import { json } from './answer.ts'
import { tagOf } from './entity-tags.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { Activity, ActivitySpan, OverviewBody, SettingList } from './view-schemas.ts'
import { readQuery } from './input.ts'
import { refusal } from './login.ts'

/** `GET /reports/overview`: the state of the site at a glance. */
export function getOverview(ports: Ports): AdministrationHandler {
  return async (call) => {
    const seen = await overview(ports, call.site.name)
    if (seen === 'unknown-site') return refusal(ports, call)('not_found')
    const { unreadable, stuck, locked } = seen
    return json(OverviewBody, {
      ...seen,
      unreadable: [...unreadable],
      stuck: someBody(stuck),
      locked: someBody(locked),
    })
  }
}

type Some = Exclude<Awaited<ReturnType<typeof overview>>, string>['stuck']

function someBody({ count, some }: Some) {
  return { count, some: some.map(({ username, displayName }) => ({ username, display_name: displayName })) }
}

const DAYS = 14

/** `GET /reports/activity`: sign-ins and challenges by day, method and outcome. */
export function getActivity(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, ActivitySpan)
    if (input.kind === 'refused') return input.response
    const found = await activityReport(ports, call.site.id, input.value.days ?? DAYS)
    const days = found.map(({ begin, signIns, asked, passed, refusedCodes, wrongPasswords, messages }) => ({
      day: rfc3339(begin).slice(0, 10),
      sign_ins: signIns,
      asked,
      passed,
      refused_codes: refusedCodes,
      wrong_passwords: wrongPasswords,
      messages,
    }))
    return json(Activity, { days })
  }
}

/** `GET /settings/manual`: every setting with what it means, its value, where that comes from, and who changed it last. */
export function getSettingsManual(ports: Ports): AdministrationHandler {
  return async (call) => {
    const described = await describeSettings(ports, call.site.name)
    if (described === 'unknown-site') return refusal(ports, call)('not_found')
    const { version, unreadable } = described
    const settings = described.settings.map(({ key, group, value, source, changed }) => {
      const { says, levels, default: initial } = SETTINGS[key]
      const schema = schemaOf(key)
      return {
        key,
        group,
        says,
        values: valuesOf(schema),
        schema: { ...schema },
        levels: [...levels],
        default: initial,
        value,
        source,
        changed: changed && { at: rfc3339(changed.at), by: changed.by },
      }
    })
    return json(SettingList, { version, unreadable: [...unreadable], settings }, 200, { etag: tagOf(version) })
  }
}
