import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Previewed } from '../api/shapes.ts'
import { Told } from './told.tsx'
import { useTexts } from '../texts/language.tsx'
import { saveCsv } from './csv.ts'
import { Icon } from './icon.tsx'
import { To } from './to.tsx'

type Person = Previewed['newly_asked'][number]
const NAMED = 8

/** Whom a change reaches: who is newly asked, who is no longer, who could not pass, and who is let in all the same. */
export function PreviewedPeople({ seen }: { readonly seen: Previewed }) {
  const { settings: says } = useTexts()
  const { counts } = seen
  return (
    <Stack gap="sm">
      {counts.newly_asked === 0 ? (
        <Text size="sm">{says.nobodyNew}</Text>
      ) : (
        <People tone="note" title={says.newlyAsked(counts.newly_asked)} people={seen.newly_asked} />
      )}
      {counts.no_longer_asked > 0 && (
        <People tone="warn" title={says.noLongerAsked(counts.no_longer_asked)} people={seen.no_longer_asked} />
      )}
      {counts.cannot_pass > 0 && (
        <People
          // Who cannot pass as it is, either, is no reason against this change.
          tone={seen.cannot_pass.some(({ already }) => !already) ? 'bad' : 'warn'}
          title={says.cannotPass(counts.cannot_pass)}
          people={seen.cannot_pass}
          tell={(person) => {
            const found = seen.cannot_pass.find(
              ({ username, application }) => username === person.username && application === person.application,
            )
            const words = (found?.why ?? []).map((each) => says.why[each] ?? each)
            return [...words, ...(found?.already ? [says.already] : [])].join(', ')
          }}
          onCsv={() =>
            saveCsv('cannot-pass.csv', [
              ['username', 'display_name', 'application', 'administrator', 'why', 'already'],
              ...seen.cannot_pass.map((each) => [
                each.username,
                each.display_name,
                each.application,
                String(each.administrator),
                each.why.join('|'),
                String(each.already),
              ]),
            ])
          }
        />
      )}
      {counts.not_enforced > 0 && (
        <People tone="warn" title={says.notEnforced(counts.not_enforced)} people={seen.not_enforced} />
      )}
      <Text size="xs" c="dimmed">
        {says.looked(seen.users)}
      </Text>
    </Stack>
  )
}

function People({
  tone,
  title,
  people,
  tell,
  onCsv,
}: {
  readonly tone: 'note' | 'warn' | 'bad'
  readonly title: string
  readonly people: readonly Person[]
  readonly tell?: (person: Person) => ReactNode
  readonly onCsv?: () => void
}) {
  const { settings: says, common } = useTexts()
  return (
    <Told tone={tone} title={title}>
      <Stack gap={4}>
        {people.slice(0, NAMED).map((person) => (
          <Text key={`${person.username} ${person.application}`} size="sm">
            <To to="/users/$username" username={person.username}>
              <bdi>{person.display_name || person.username}</bdi>
            </To>{' '}
            · {person.application}
            {tell && <> · {tell(person)}</>}
          </Text>
        ))}
        {people.length > NAMED && (
          <Text size="sm" c="dimmed">
            {common.more(people.length - NAMED)}
          </Text>
        )}
        {onCsv && (
          <Group mt={4}>
            <Button size="xs" variant="default" leftSection={<Icon name="download" size={14} />} onClick={onCsv}>
              {says.csv}
            </Button>
          </Group>
        )}
      </Stack>
    </Told>
  )
}
