import { Button, Text } from '@mantine/core'
import { ask } from '../api/client.ts'
import type { ResetMailed, User } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import { Panel } from './panel.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'
import { useNotice } from './notice.tsx'

/** A link by which a person chooses a password, the first one or another: nobody else sees or chooses it. */
export function Password({ user }: { readonly user: User }) {
  const { person: says } = useTexts()
  const { dayTime } = useMoments()
  const may = useMay()
  const say = useNotice()
  const path = `/users/${encodeURIComponent(user.username)}/reset-password`
  const mail = useChange(async () => (await ask<ResetMailed>('POST', path)).body, {
    touches: [],
    done: ({ sent_to, expires_at }) => say(says.linkMailed(sent_to, dayTime(expires_at))),
  })
  if (!may('users:write') || user.kind === 'service') return null
  return (
    <Panel
      title={says.password}
      acts={
        <Button size="xs" variant="default" loading={mail.busy} onClick={() => mail.run(undefined)}>
          {says.mailLink}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {says.passwordSays}
      </Text>
      <Failed error={mail.error} />
    </Panel>
  )
}
