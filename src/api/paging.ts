import type { z } from 'zod'
import type { Call } from '#http/call.ts'
import type { ListPlace } from '#ports/store.ts'
import { json } from './answer.ts'

/** Items on a page when nobody says how many. */
export const ROWS = 50

/** A page of a list, and where the next one begins: in the body, and as a link for clients that follow links. */
export function answerPage<Shape extends z.ZodType>(
  call: Call,
  shape: Shape,
  page: z.input<Shape> & { readonly next_cursor: string | null },
): Response {
  const { next_cursor: next } = page
  return json(shape, page, 200, next === null ? {} : { link: linkTo(call, next) })
}

function linkTo({ url }: Call, cursor: string): string {
  const query = new URLSearchParams(url.search)
  query.set('cursor', cursor)
  return `<?${query.toString()}>; rel="next"`
}

/** A page of a list that is short enough to be read whole; its items are in the order of their keys. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { cursor, limit = ROWS }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): { readonly shown: readonly Item[]; readonly next: string | null } {
  const sorted = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const left = cursor === undefined ? sorted : sorted.filter((item) => keyOf(item) > cursor)
  const shown = left.slice(0, limit)
  const last = shown.at(-1)
  return { shown, next: left.length > limit && last !== undefined ? keyOf(last) : null }
}

export function cursorOf(place: ListPlace | null): string | null {
  return place && `${place.at}.${place.id}`
}

/** Where a cursor of ours points to; undefined: it is none. */
export function placeOf(cursor: string): ListPlace | undefined {
  const { at, id } = /^(?<at>\d{1,15})\.(?<id>[\w-]+)$/.exec(cursor)?.groups ?? {}
  return at === undefined || id === undefined ? undefined : { at: Number(at), id }
}
