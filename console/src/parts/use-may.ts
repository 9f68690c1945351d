import { useQuery } from '@tanstack/react-query'
import { me } from '../api/queries.ts'
import type { Right } from '../api/shapes.ts'

/** Whether one may do something. It decides what is shown; the server decides what is done. */
export function useMay(): (right: Right) => boolean {
  const { data } = useQuery(me)
  return (right) => data?.rights.includes(right) ?? false
}
