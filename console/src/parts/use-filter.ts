import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Search } from '../router.tsx'

/** What a list is narrowed by, kept in the address: it survives a reload, and can be sent to somebody. */
export function useFilter(): {
  readonly filter: Search
  /** A change of the filter begins at the first page again. */
  readonly narrow: (more: Search, replace?: boolean) => void
  readonly clear: () => void
} {
  const filter: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const narrow = useCallback(
    (more: Search, replace = false) => {
      const search = (before: Search): Search => {
        const { cursor: _, ...rest } = before
        const entries = Object.entries({ ...rest, ...more }).filter(([, value]) => value !== undefined && value !== '')
        return Object.fromEntries(entries)
      }
      void navigate({ to: '.', search, replace, resetScroll: false })
    },
    [navigate],
  )
  const clear = useCallback(() => void navigate({ to: '.', search: {}, resetScroll: false }), [navigate])
  return { filter, narrow, clear }
}
