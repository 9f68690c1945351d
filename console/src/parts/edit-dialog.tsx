import { type ReactNode, useState } from 'react'
import { ask } from '../api/client.ts'
import { useTexts } from '../texts/language.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useChange } from './use-change.ts'

type Named = { readonly name: string }

interface EditDialogProps<Thing extends Named> {
  readonly title: string
  /** Where things of this kind are: `/roles`. */
  readonly path: string
  /** What the form begins with. */
  readonly thing: Thing
  /** It does not exist yet. */
  readonly isNew: boolean
  readonly onClose: () => void
  readonly children: (form: {
    readonly draft: Thing
    readonly set: (more: Partial<Thing>) => void
    readonly fields: Readonly<Record<string, string>>
  }) => ReactNode
}

/** Makes a thing that goes by its name, or changes one: only what was changed is sent. */
export function EditDialog<Thing extends Named>({
  title,
  path,
  thing,
  isNew,
  onClose,
  children,
}: EditDialogProps<Thing>) {
  const { common } = useTexts()
  const [draft, setDraft] = useState(thing)
  const save = useChange(
    () =>
      isNew
        ? ask('POST', path, { body: draft })
        : ask('PATCH', `${path}/${encodeURIComponent(thing.name)}`, { body: changed(thing, draft) }),
    { touches: [path.slice(1), 'users', 'settings'], said: common.saved, done: onClose },
  )
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={title}
      act={common.save}
      busy={save.busy}
      error={save.error}
      onSubmit={() => save.run(undefined)}
    >
      {children({ draft, set: (more) => setDraft((before) => ({ ...before, ...more })), fields: save.fields })}
    </FormDialog>
  )
}

function changed<Thing extends object>(from: Thing, to: Thing): Partial<Thing> {
  const before = new Map<string, unknown>(Object.entries(from))
  return Object.fromEntries(
    Object.entries(to).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before.get(key))),
  ) as Partial<Thing>
}
