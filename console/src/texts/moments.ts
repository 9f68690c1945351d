/** Moments and numbers in the words of a language and the clock of this device. */
export interface Moments {
  readonly dayTime: (at: string) => string
  readonly day: (at: string) => string
  readonly shortDay: (at: string) => string
  readonly number: (value: number) => string
  readonly percent: (share: number) => string
}

export function moments(language: string): Moments {
  const dayTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  // Days of the reports are those of UTC, and are shown as such.
  const shortDay = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  return {
    dayTime: (at) => dayTime.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    shortDay: (at) => shortDay.format(new Date(at)),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
  }
}
