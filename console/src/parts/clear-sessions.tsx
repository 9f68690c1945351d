import { Button, Card, Checkbox, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, signIn } from '../api/client.ts'
import { overview } from '../api/queries.ts'
import { useTexts } from '../texts/language.tsx'
import { Confirm } from './confirm.tsx'
import { Loaded, Section } from './page.tsx'
import { useChange } from './use-change.ts'

/** Ends every session of the site, with their number before and typed to confirm. */
export function ClearSessions() {
  const { settings: says } = useTexts()
  const query = useQuery(overview)
  const [asking, dialog] = useDisclosure()
  const [devices, setDevices] = useState(false)
  const clear = useChange((too: boolean) => ask('DELETE', '/sessions', too ? { query: { devices: true } } : {}), {
    touches: [],
    done: signIn,
  })
  return (
    <Loaded query={query} height={80}>
      {({ sessions, devices: remembered }) => (
        <Section title={says.clearSessions}>
          <Card>
            <Group justify="space-between">
              <Text size="sm" flex="1 1 260px">
                {says.clearSessionsSays(sessions)}
              </Text>
              <Button color="red" variant="outline" onClick={dialog.open}>
                {says.clearSessions}
              </Button>
            </Group>
          </Card>
          <Confirm
            opened={asking}
            onClose={dialog.close}
            title={says.clearTitle(sessions)}
            says={says.clearSays}
            act={says.clearSessions}
            change={clear}
            given={devices}
            type={{ label: says.typeCount(sessions), text: String(sessions) }}
          >
            <Checkbox
              label={says.andDevices(remembered)}
              checked={devices}
              onChange={(event) => setDevices(event.currentTarget.checked)}
            />
          </Confirm>
        </Section>
      )}
    </Loaded>
  )
}
