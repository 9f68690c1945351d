import { InvalidArgumentError } from 'commander'
import { days, type Instant } from '#domain/time.ts'

/** `on` and `off` as options take them; an option typed without a value is on. */
export function onOff(text: string): boolean {
  if (text === 'on') return true
  if (text === 'off') return false
  throw new InvalidArgumentError('It is on or off.')
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number.')
  return Number(text)
}

/** A word that takes a value away. It stays a word as long as commander has it: commander makes '' of null. */
export type None = 'none'

/** A whole number, or `none`, which takes it away. */
export function numberOrNone(text: string): number | None {
  return text === 'none' ? text : wholeNumber(text)
}

/** What was typed, as the use cases take it: null for `none`. */
export function unlessNone<T>(typed: T | None): T | null {
  return typed === 'none' ? null : typed
}

/** Words with commas between them. */
export function words(text: string): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** Words with commas between them, or `none`, which takes the list away. */
export function wordsOrNone(text: string): readonly string[] | None {
  return text === 'none' ? text : words(text)
}

/** Collects an option that may be given several times. */
export function several(text: string, before: unknown): readonly string[] {
  return [...(Array.isArray(before) ? (before as readonly string[]) : []), text]
}

/** A moment; a date without a time is the beginning of that day in UTC. */
export function fromMoment(text: string): Instant {
  return moment(text).at
}

/** A moment; a date without a time means the whole of that day in UTC. */
export function untilMoment(text: string): Instant {
  const { at, dateOnly } = moment(text)
  return dateOnly ? at + days(1) : at
}

/** A moment as above, or `never`. */
export function untilMomentOrNever(text: string): Instant | 'never' {
  return text === 'never' ? text : untilMoment(text)
}

const MOMENT = /^(?<date>\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/

function moment(text: string): { readonly at: Instant; readonly dateOnly: boolean } {
  const date = MOMENT.exec(text)?.groups?.['date']
  const at = date === undefined ? Number.NaN : Date.parse(text)
  // The 30th of February is read as the 2nd of March where nobody looks.
  if (date === undefined || Number.isNaN(at) || new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) {
    throw new InvalidArgumentError('It is a date like 2026-12-31 or a moment like 2026-12-31T18:00:00Z.')
  }
  return { at, dateOnly: text === date }
}
