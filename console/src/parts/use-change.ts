import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Problem } from '../api/problem.ts'
import { useNotice } from './notice.tsx'

export interface Change<Given, Made> {
  readonly run: (given: Given) => void
  readonly runAsync: (given: Given) => Promise<Made>
  readonly busy: boolean
  /** What went wrong and belongs to no single field. */
  readonly error: unknown
  /** What is wrong, by field. */
  readonly fields: Readonly<Record<string, string>>
  readonly reset: () => void
}

/** A change over the API: what it makes out of date is read again, and what it did is said. */
export function useChange<Given, Made = unknown>(
  work: (given: Given) => Promise<Made>,
  more: {
    /** First words of the keys of what is out of date afterwards. */
    readonly touches: readonly string[]
    readonly said?: string
    readonly done?: (made: Made) => void
  },
): Change<Given, Made> {
  const client = useQueryClient()
  const say = useNotice()
  const mutation = useMutation({
    mutationFn: work,
    async onSuccess(made) {
      if (more.said !== undefined) say(more.said)
      more.done?.(made)
      const touched = [...more.touches, 'overview', 'audit']
      await Promise.all(touched.map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
  const { error } = mutation
  const fields = error instanceof Problem ? error.fields : {}
  return {
    run: (given) => mutation.mutate(given),
    runAsync: (given) => mutation.mutateAsync(given),
    busy: mutation.isPending,
    error: Object.keys(fields).length > 0 ? null : error,
    fields,
    reset: mutation.reset,
  }
}
