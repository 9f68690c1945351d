import { NativeSelect } from '@mantine/core'
import { useFilter } from './use-filter.ts'

/** One word of the filter, picked from a list; '' is no condition. */
export function Choice({
  name,
  label,
  options,
}: {
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [value: string, shown: string])[]
}) {
  const { filter, narrow } = useFilter()
  return (
    <NativeSelect
      aria-label={label}
      value={filter[name] ?? ''}
      onChange={(event) => narrow({ [name]: event.currentTarget.value })}
      data={options.map(([value, shown]) => ({ value, label: shown }))}
      flex="0 1 auto"
      maw={240}
    />
  )
}
