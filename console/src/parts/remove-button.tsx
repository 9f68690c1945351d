import { ActionIcon } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ask } from '../api/client.ts'
import { useTexts } from '../texts/language.tsx'
import { Confirm } from './confirm.tsx'
import { Icon } from './icon.tsx'
import { useChange } from './use-change.ts'

/** Deletes a thing that goes by its name, after asking. */
export function RemoveButton({
  path,
  name,
  title,
  says,
}: {
  readonly path: string
  readonly name: string
  readonly title: string
  readonly says: string
}) {
  const { common } = useTexts()
  const [asking, dialog] = useDisclosure()
  const remove = useChange(() => ask('DELETE', `${path}/${encodeURIComponent(name)}`), {
    touches: [path.slice(1)],
    said: common.saved,
  })
  return (
    <>
      <ActionIcon variant="subtle" color="red" size="lg" aria-label={`${common.delete}: ${name}`} onClick={dialog.open}>
        <Icon name="bin" />
      </ActionIcon>
      <Confirm
        opened={asking}
        onClose={dialog.close}
        title={title}
        says={says}
        act={common.delete}
        change={remove}
        given={undefined}
      />
    </>
  )
}
