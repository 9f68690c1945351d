import type { Language } from './language.ts'
import type { Duration, Instant } from './time.ts'

// Written out here: the wording of the platform's formatter changes with its version.
const MONTHS: Readonly<Record<Exclude<Language, 'en'>, string>> = {
  de: 'Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember',
  fr: 'janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre',
  es: 'enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre',
  he: 'בינואר,בפברואר,במרץ,באפריל,במאי,ביוני,ביולי,באוגוסט,בספטמבר,באוקטובר,בנובמבר,בדצמבר',
  ar: 'يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر',
}

type Dated = (day: number, month: string, year: number, time: string) => string

// A time and its zone are set apart as left to right (UAX 9, LRI and PDI): else `UTC` would stand before its time.
const DATED: Readonly<Record<Exclude<Language, 'en'>, Dated>> = {
  de: (day, month, year, time) => `${day}. ${month} ${year}, ${time}`,
  fr: (day, month, year, time) => `${day === 1 ? '1er' : day} ${month} ${year}, ${time}`,
  es: (day, month, year, time) => `${day} de ${month} de ${year}, ${time}`,
  he: (day, month, year, time) => `${day} ${month} ${year}, ${time}`,
  ar: (day, month, year, time) => `${day} ${month} ${year}، ${time}`,
}

export interface SpokenTime {
  /** Hours, minutes and seconds, with the zone. */
  clock(at: Instant): string
  /** Day, hours and minutes, with the zone. */
  moment(at: Instant): string
}

/** Moments in a language. Always in UTC and with its name: people read them in other zones than the server's. */
export function spokenTime(language: Exclude<Language, 'en'>): SpokenTime {
  const months = MONTHS[language].split(',')
  const turned = language === 'he' || language === 'ar'
  const time = (...parts: number[]): string => {
    const said = `${parts.map((part) => String(part).padStart(2, '0')).join(':')} UTC`
    return turned ? `\u2066${said}\u2069` : said
  }
  return {
    clock(at) {
      const date = new Date(at)
      return time(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds())
    },
    moment(at) {
      const date = new Date(at)
      const month = months[date.getUTCMonth()] ?? ''
      const clock = time(date.getUTCHours(), date.getUTCMinutes())
      return DATED[language](date.getUTCDate(), month, date.getUTCFullYear(), clock)
    },
  }
}

type Count = (count: number) => string

/** Lengths of time: to the nearest minute from two minutes on, in whole hours from two hours on, days where they come out even. */
export function spokenSpan(words: {
  readonly second: Count
  readonly minute: Count
  readonly hour: Count
  readonly day: Count
}): { span(length: Duration): string; hours(count: number): string } {
  const hours: Count = (count) => (count % 24 === 0 && count > 24 ? words.day(count / 24) : words.hour(count))
  return {
    hours,
    span(length) {
      const whole = Math.max(0, Math.floor(length / 1_000))
      if (whole < 120) return words.second(whole)
      return whole < 7_200 ? words.minute(Math.round(whole / 60)) : hours(Math.floor(whole / 3_600))
    },
  }
}
