import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useTexts } from '../texts/language.tsx'
import { Icon } from './icon.tsx'
import { useFilter } from './use-filter.ts'

const PAUSE_MS = 250

/** Looks for something when the typing pauses; what is looked for stands in the address. */
export function SearchField({ label, name = 'search' }: { readonly label: string; readonly name?: string }) {
  const { common } = useTexts()
  const { filter, narrow } = useFilter()
  const asked = filter[name] ?? ''
  const [typed, setTyped] = useState(asked)
  const [seen, setSeen] = useState(asked)
  // The address changed by other means, like going back: the field shows what is looked for.
  if (asked !== seen) {
    setSeen(asked)
    if (asked !== typed.trim()) setTyped(asked)
  }
  const look = useDebouncedCallback((text: string) => narrow({ [name]: text.trim() }, true), PAUSE_MS)
  return (
    <TextInput
      type="search"
      aria-label={`${common.search}: ${label}`}
      placeholder={label}
      leftSection={<Icon name="search" />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        look(event.currentTarget.value)
      }}
      flex="1 1 180px"
      maw={340}
    />
  )
}
