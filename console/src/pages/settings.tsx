import { Stack, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { settings } from '../api/queries.ts'
import { ChannelsPanel } from '../parts/channels-panel.tsx'
import { ClearSessions } from '../parts/clear-sessions.tsx'
import { Failed } from '../parts/failed.tsx'
import { Loaded, Page } from '../parts/page.tsx'
import { PresetsPanel } from '../parts/presets-panel.tsx'
import { ReviewDialog } from '../parts/review-dialog.tsx'
import { SaveBar } from '../parts/save-bar.tsx'
import { SettingGroups } from '../parts/setting-groups.tsx'
import { groupsOf, type Tab, TABS } from '../parts/setting-tabs.ts'
import { useFilter } from '../parts/use-filter.ts'
import { useMay } from '../parts/use-may.ts'
import { useSaveSettings } from '../parts/use-save-settings.ts'
import { useSettingDraft } from '../parts/use-setting-draft.ts'
import { useTexts } from '../texts/language.tsx'

/** Every setting of the site. A change is collected, looked at, and then saved; what is not saved survives a change of the tab. */
export function SettingsPage() {
  const texts = useTexts()
  const { settings: says } = texts
  const may = useMay()
  const { filter, narrow } = useFilter()
  const query = useQuery(settings)
  const draft = useSettingDraft()
  const { reviewing, review, close, save, problems, error } = useSaveSettings(draft)
  const tab = filter['tab'] ?? 'system'
  const disabled = !may('settings:write')
  return (
    <Page title={says.title}>
      <Loaded query={query} height={420}>
        {(data) => (
          <Tabs value={tab} onChange={(next) => narrow({ tab: next ?? undefined })} keepMounted={false}>
            <Tabs.List mb="lg">
              {[...TABS, 'presets' as const].map((each) => (
                <Tabs.Tab key={each} value={each}>
                  {says.tabs[each]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {TABS.map((each: Tab) => (
              <Tabs.Panel key={each} value={each}>
                <Stack gap="xl">
                  {each === 'delivery' && <ChannelsPanel />}
                  <SettingGroups
                    groups={groupsOf(each, data.settings, texts)}
                    settings={data.settings}
                    draft={draft}
                    problems={problems}
                    disabled={disabled}
                  />
                  {each === 'sessions' && may('sessions:write') && <ClearSessions />}
                </Stack>
              </Tabs.Panel>
            ))}
            <Tabs.Panel value="presets">
              <PresetsPanel settings={data.settings} disabled={disabled} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Loaded>
      <Failed error={error} />
      {reviewing === null && <SaveBar draft={draft} onReview={review} />}
      <ReviewDialog patch={reviewing} settings={query.data?.settings ?? []} save={save} onClose={close} />
    </Page>
  )
}
