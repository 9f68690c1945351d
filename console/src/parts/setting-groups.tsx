import { Card } from '@mantine/core'
import type { Setting } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Section } from './page.tsx'
import { SettingRow } from './setting-row.tsx'
import type { SettingDraft } from './use-setting-draft.ts'

export interface Group {
  readonly title: string
  readonly keys: readonly string[]
}

interface GroupsProps {
  readonly groups: readonly Group[]
  readonly settings: readonly Setting[]
  readonly draft: SettingDraft
  readonly problems: Readonly<Record<string, string>>
  readonly disabled: boolean
}

/** Settings under their headings. A heading without any is left out. */
export function SettingGroups({ groups, settings, draft, problems, disabled }: GroupsProps) {
  const { settings: says } = useTexts()
  const byKey = new Map(settings.map((setting) => [setting.key, setting]))
  return groups.map(({ title, keys }) => {
    const rows = keys.flatMap((key) => byKey.get(key) ?? [])
    if (rows.length === 0) return null
    return (
      <Section key={title} title={says.groups[title] ?? title}>
        <Card py={4}>
          {rows.map((setting) => (
            <SettingRow
              key={setting.key}
              setting={setting}
              draft={draft}
              error={problems[setting.key]}
              disabled={disabled}
            />
          ))}
        </Card>
      </Section>
    )
  })
}
