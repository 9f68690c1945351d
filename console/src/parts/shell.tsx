import { Anchor, AppShell, Burger, Container, Group, NavLink, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { me } from '../api/queries.ts'
import type { Right } from '../api/shapes.ts'
import { BASE, SITE } from '../site.ts'
import { useTexts } from '../texts/language.tsx'
import type { Texts } from '../texts/texts.ts'
import { Failed } from './failed.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Preferences } from './preferences.tsx'

interface Place {
  readonly to: string
  readonly name: keyof Texts['shell']['pages']
  readonly icon: IconName
  /** What one must be allowed to see it. */
  readonly right: Right
}

const PLACES: readonly Place[] = [
  { to: '/', name: 'overview', icon: 'overview', right: 'users:read' },
  { to: '/two-factor', name: 'twoFactor', icon: 'shield', right: 'users:read' },
  { to: '/users', name: 'users', icon: 'users', right: 'users:read' },
  { to: '/roles', name: 'roles', icon: 'role', right: 'settings:read' },
  { to: '/applications', name: 'applications', icon: 'app', right: 'settings:read' },
  { to: '/identity-providers', name: 'providers', icon: 'provider', right: 'settings:read' },
  { to: '/api-keys', name: 'keys', icon: 'key', right: 'keys:read' },
  { to: '/settings', name: 'settings', icon: 'settings', right: 'settings:read' },
  { to: '/audit', name: 'audit', icon: 'audit', right: 'audit:read' },
]

/** What is around every page: the name of the site, the way to the pages one may see, and the page. */
export function Shell() {
  const { shell } = useTexts()
  const [open, menu] = useDisclosure()
  const { pathname } = useLocation()
  const caller = useQuery(me)
  useEffect(menu.close, [pathname, menu.close])
  const rights = caller.data?.rights ?? []
  const places = PLACES.filter(({ right }) => rights.includes(right))
  return (
    <AppShell header={{ height: 60 }} navbar={{ width: 276, breakpoint: 'md', collapsed: { mobile: !open } }}>
      <a className="skip" href="#page">
        {shell.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={open} onClick={menu.toggle} hiddenFrom="md" size="sm" aria-label={shell.menu} />
            <Mark />
            <Text fw={650} truncate>
              {SITE.title}
            </Text>
            <Text c="dimmed" visibleFrom="xs">
              {shell.console}
            </Text>
          </Group>
          <Preferences me={caller.data} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={shell.menu}>
        <Stack gap={2}>
          {places.map(({ to, name, icon }) => {
            const active = to === '/' ? /\/console\/?$/.test(pathname) || pathname === '/' : pathname.includes(to)
            return (
              <NavLink
                key={to}
                // oxlint-disable-next-line typescript/no-explicit-any -- the list names routes of the router
                component={Link as any}
                to={to}
                label={shell.pages[name]}
                leftSection={<Icon name={icon} />}
                active={active}
                aria-current={active ? 'page' : undefined}
                styles={{ root: { borderRadius: 8 }, label: { fontWeight: active ? 550 : 450 } }}
              />
            )
          })}
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <Container size={1180} px={{ base: 'md', md: 'xl' }} py="lg">
          <Failed error={caller.error} again={() => void caller.refetch()} />
          {caller.data &&
            (places.length > 0 ? <Outlet /> : <Nothing says={shell.nothingFor} link={shell.yourAccount} />)}
        </Container>
      </AppShell.Main>
    </AppShell>
  )
}

function Nothing({ says, link }: { readonly says: string; readonly link: string }) {
  return (
    <Stack gap="xs">
      <Text>{says}</Text>
      <Anchor href={BASE.replace(/console$/, 'account')}>{link}</Anchor>
    </Stack>
  )
}

/** The sign that the login pages have too. */
function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <rect width="16" height="16" rx="4" fill="#0b6b5c" />
      <path d="M4 8.5l2.700 2.700L12 5.400" fill="none" stroke="#fff" strokeWidth="2" />
    </svg>
  )
}
