import { ActionIcon, Button, Group, Menu, Text, useMantineColorScheme } from '@mantine/core'
import type { Me } from '../api/shapes.ts'
import { ask, signIn } from '../api/client.ts'
import { BASE } from '../site.ts'
import { LANGUAGES, type Language, useLanguage } from '../texts/language.tsx'
import { Icon } from './icon.tsx'

/** How one likes to see the console, who one is here, and the way out. */
export function Preferences({ me }: { readonly me: Me | undefined }) {
  const { texts, language, choose } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { shell } = texts
  const leave = (): void => {
    void ask('DELETE', '/session').then(signIn, signIn)
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={shell.language}>
            <Icon name="globe" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={shell.language}>
          {(Object.keys(LANGUAGES) as Language[]).map((each) => (
            <Menu.Item key={each} lang={each} onClick={() => choose(each)} fw={each === language ? 650 : 400}>
              {LANGUAGES[each]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={shell.colours}>
            <Icon name="sun" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={shell.colours}>
          {(['light', 'dark', 'auto'] as const).map((each) => (
            <Menu.Item key={each} onClick={() => setColorScheme(each)} fw={each === colorScheme ? 650 : 400}>
              {shell[each]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {me?.user && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" color="gray" px="xs" leftSection={<Icon name="person" />}>
              <Text component="span" size="sm" visibleFrom="sm">
                <bdi>{me.user.display_name || me.user.username}</bdi>
              </Text>
              <Text component="span" size="sm" hiddenFrom="sm">
                <bdi>{me.user.username}</bdi>
              </Text>
            </Button>
          </Menu.Target>
          <Menu.Dropdown aria-label={shell.signedInAs}>
            <Menu.Label>
              {shell.signedInAs} <bdi>{me.user.username}</bdi>
            </Menu.Label>
            <Menu.Item component="a" href={BASE.replace(/console$/, 'account')}>
              {shell.account}
            </Menu.Item>
            <Menu.Item onClick={leave}>{shell.signOut}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}
