import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { ask } from '../api/client.ts'
import type { User } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Confirm } from './confirm.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

/** The end of a user, asked for with their name. */
export function RemoveUser({ user }: { readonly user: User }) {
  const { person: says } = useTexts()
  const may = useMay()
  const navigate = useNavigate()
  const [asking, dialog] = useDisclosure()
  const remove = useChange(() => ask('DELETE', `/users/${encodeURIComponent(user.username)}`), {
    touches: ['users'],
    said: says.ended,
    done: () => void navigate({ to: '/users' }),
  })
  if (!may('users:write')) return null
  return (
    <Group>
      <Button variant="subtle" color="red" onClick={dialog.open}>
        {says.remove}
      </Button>
      <Confirm
        opened={asking}
        onClose={dialog.close}
        title={says.removeTitle(user.username)}
        says={says.removeSays}
        act={says.remove}
        change={remove}
        given={undefined}
        type={{ label: says.typeName(user.username), text: user.username }}
      />
    </Group>
  )
}
