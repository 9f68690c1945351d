import { Modal, Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import { applications, audit, settings } from '../api/queries.ts'
import { useTexts } from '../texts/language.tsx'
import { AuditRows } from './audit-rows.tsx'
import { Failed } from './failed.tsx'
import { Loaded } from './page.tsx'
import { ReviewDialog } from './review-dialog.tsx'
import { SaveBar } from './save-bar.tsx'
import { SettingRow } from './setting-row.tsx'
import { SwitchNow } from './switch-now.tsx'
import { GoTo } from './to.tsx'
import { useSaveSettings } from './use-save-settings.ts'
import { useSettingDraft } from './use-setting-draft.ts'

const GENERAL = [
  'delivery.primary',
  'delivery.email_sole',
  'delivery.backup_offer_after',
  'contact.persons',
  'contact.show_after',
]
const SHOWN_ROWS = 20

/** The settings of two-factor authentication in three tabs: general, defaults for new users, and what was done. */
export default function TwoFactorDialog({ onClose }: { readonly onClose: () => void }) {
  const { twoFactor: says, common } = useTexts()
  return (
    <Modal opened onClose={onClose} title={says.settings} size="xl" closeButtonProps={{ 'aria-label': common.close }}>
      <Tabs defaultValue="general" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="general">{says.tabs.general}</Tabs.Tab>
          <Tabs.Tab value="defaults">{says.tabs.defaults}</Tabs.Tab>
          <Tabs.Tab value="audit">{says.tabs.audit}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="general" keepMounted>
          <General />
        </Tabs.Panel>
        <Tabs.Panel value="defaults">
          <Defaults />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <LastRows />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  )
}

function General() {
  const { twoFactor: says } = useTexts()
  const query = useQuery(settings)
  const draft = useSettingDraft()
  const { reviewing, review, close, save, problems, error } = useSaveSettings(draft)
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {says.generalSays}
      </Text>
      <Loaded query={query}>
        {({ settings: all }) => (
          <div>
            {all
              .filter(({ key }) => GENERAL.includes(key))
              .map((setting) => (
                <SettingRow
                  key={setting.key}
                  setting={setting}
                  draft={draft}
                  error={problems[setting.key]}
                  disabled={false}
                />
              ))}
          </div>
        )}
      </Loaded>
      <Failed error={error} />
      {reviewing === null && <SaveBar draft={draft} onReview={review} />}
      <ReviewDialog patch={reviewing} settings={query.data?.settings ?? []} save={save} onClose={close} />
    </Stack>
  )
}

function Defaults() {
  const { twoFactor: says, applications: words } = useTexts()
  const query = useQuery(applications)
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {says.defaultsSays}
      </Text>
      <Loaded query={query}>
        {({ items }) =>
          items.map(({ name, title, default_for_new_users: on }) => (
            <SwitchNow
              key={name}
              label={words.forNewUsersOf(title)}
              shown={says.forNewUsers(title)}
              checked={on}
              disabled={false}
              touches={['applications']}
              turn={(next) => ask('PATCH', `/applications/${name}`, { body: { default_for_new_users: next } })}
            />
          ))
        }
      </Loaded>
    </Stack>
  )
}

function LastRows() {
  const { twoFactor: says, overview } = useTexts()
  const query = useQuery(audit({ limit: String(SHOWN_ROWS) }))
  return (
    <Stack gap="sm">
      <Loaded query={query}>{({ items }) => <AuditRows rows={items} caption={says.tabs.audit} />}</Loaded>
      <div>
        <GoTo to="/audit" size="xs">
          {overview.allEntries}
        </GoTo>
      </div>
    </Stack>
  )
}
