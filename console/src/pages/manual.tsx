import { Card, Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { settings } from '../api/queries.ts'
import type { Setting } from '../api/shapes.ts'
import { Loaded, Page, Section } from '../parts/page.tsx'
import { valueText } from '../parts/setting-value.ts'
import { useLanguage } from '../texts/language.tsx'

/** The manual of this very version, made from the list of settings that the server goes by. */
export function ManualPage() {
  const { texts } = useLanguage()
  const query = useQuery(settings)
  return (
    <Page title={texts.shell.pages.manual}>
      <Loaded query={query} height={420}>
        {({ settings: all }) => <Entries all={all} />}
      </Loaded>
    </Page>
  )
}

function Entries({ all }: { readonly all: readonly Setting[] }) {
  const { texts, moments } = useLanguage()
  const { settings: says } = texts
  const { hash } = useLocation()
  useEffect(() => {
    const entry = hash === '' ? null : document.getElementById(hash)
    entry?.scrollIntoView({ block: 'center' })
    entry?.focus()
  }, [hash])
  const groups = [...new Set(all.map(({ group }) => group))]
  return (
    <Stack gap="xl">
      {groups.map((group) => (
        <Section key={group} title={says.groups[group] ?? group}>
          {all
            .filter((each) => each.group === group)
            .map((each) => (
              <Card
                key={each.key}
                id={each.key}
                tabIndex={-1}
                padding="md"
                className="entry"
                data-meant={each.key === hash || undefined}
              >
                <Group gap="sm">
                  <Text fw={600}>{says.names[each.key] ?? each.key}</Text>
                  <Code>{each.key}</Code>
                </Group>
                <Text size="sm" mt={4} lang="en" dir="ltr">
                  {each.says}
                </Text>
                <Text size="sm" c="dimmed" mt={4}>
                  {says.isDefault(valueText(texts, moments, each.default))} · {says.values}:{' '}
                  {each.values.replaceAll('`', '')} · {says.levels}: {each.levels.join(', ')}
                </Text>
              </Card>
            ))}
        </Section>
      ))}
    </Stack>
  )
}
