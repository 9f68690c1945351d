import { Anchor, Box, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Setting } from '../api/shapes.ts'
import { useLanguage } from '../texts/language.tsx'
import { Mark } from './badges.tsx'
import { SettingControl } from './setting-control.tsx'
import { valueText } from './setting-value.ts'
import { To } from './to.tsx'
import type { SettingDraft } from './use-setting-draft.ts'

/** One setting: what it means, its value and where that comes from, its default, who changed it last, and its manual. */
export function SettingRow({
  setting,
  draft,
  error,
  disabled,
}: {
  readonly setting: Setting
  readonly draft: SettingDraft
  readonly error: string | undefined
  readonly disabled: boolean
}) {
  const { texts, moments } = useLanguage()
  const { settings: says } = texts
  const { key, source, changed } = setting
  const name = says.names[key] ?? key
  const value = draft.valueOf(setting)
  const touched = Object.hasOwn(draft.patch, key)
  const isDefault = JSON.stringify(value) === JSON.stringify(setting.default)
  return (
    <Box className="setting" py="md" id={key}>
      <Group align="flex-start" justify="space-between" gap="md">
        <Box flex="1 1 320px" maw={620}>
          <Group gap={8}>
            <Text fw={550}>{name}</Text>
            {touched && <Mark says={says.changedHere} tone="good" />}
            {source === 'strictest' && <Mark says={says.sources.strictest} tone="bad" />}
          </Group>
          <Text size="sm" c="dimmed" id={`${key}-says`} lang="en" dir="ltr" className="says">
            {setting.says}
          </Text>
          <Group gap="2px 16px" mt={4}>
            <Meta>
              {says.isDefault(valueText(texts, moments, setting.default))}
              {source === 'site' && changed === null && ` · ${says.sources.site}`}
            </Meta>
            {changed !== null && <Meta>{says.changedBy(changed.by, moments.dayTime(changed.at))}</Meta>}
            <Meta>
              <To to="/manual" hash={key} label={says.manualOf(name)}>
                {says.manual}
              </To>
            </Meta>
            {!isDefault && !disabled && (
              <Anchor
                component="button"
                type="button"
                size="xs"
                aria-label={says.toDefaultOf(name)}
                onClick={() => draft.reset(setting)}
              >
                {says.toDefault}
              </Anchor>
            )}
          </Group>
        </Box>
        <Box flex={key === 'contact.persons' ? '1 1 100%' : '0 1 auto'}>
          <SettingControl
            setting={setting}
            value={value}
            onChange={(next) => draft.set(setting, next)}
            error={error}
            disabled={disabled}
            label={name}
            describedBy={`${key}-says`}
          />
        </Box>
      </Group>
    </Box>
  )
}

function Meta({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" component="span">
      {children}
    </Text>
  )
}
