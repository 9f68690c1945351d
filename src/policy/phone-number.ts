import {
  isSupportedCountry,
  type NumberType,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import type { Settings } from './settings.ts'

/** What a person may put between digits. Letters, extensions and other signs are no number that a code can be sent to. */
const TYPED = /^\+?[\d ()./\u00a0-]+$/
/** Whoever owns such a number earns on each message to it, or no person reads what comes there. */
const NOBODYS_PHONE: readonly NumberType[] = ['PREMIUM_RATE', 'SHARED_COST', 'TOLL_FREE', 'UAN', 'PAGER', 'VOICEMAIL']

export type PhoneTerms = Pick<Settings, 'delivery.phone_countries' | 'delivery.phone_default_country'>

export type ReadPhone =
  /** E.164: `+4915112345678`. */
  | { readonly ok: true; readonly phone: string }
  /** What is wrong and what to do; it continues a sentence that begins with the field. */
  | { readonly ok: false; readonly problem: string }

/** Whether phone numbers are known of a country, by its two letters (ISO 3166-1). */
export function isCountry(letters: string): boolean {
  return isSupportedCountry(letters)
}

/**
 * A typed phone number as E.164, of a country that the site allows. A number that its country could have is taken even if it has
 * not been given out as far as we know: numbering plans change more often than servers are brought up to date.
 */
export function readPhone(typed: string, terms: PhoneTerms): ReadPhone {
  const home = terms['delivery.phone_default_country']
  const number = TYPED.test(typed.trim())
    ? parsePhoneNumberFromString(typed.trim(), { ...(isSupportedCountry(home) && { defaultCountry: home }) })
    : undefined
  // What follows a number is read as its extension; nothing that `TYPED` lets through should, and nothing may.
  if (number === undefined || !number.isPossible() || number.ext !== undefined)
    return { ok: false, problem: `is not a number in international form, like +4915112345678${alsoHome(home)}` }
  if (isNobodys(number))
    return { ok: false, problem: 'is a number that costs whoever writes to it; enter the number of a mobile phone' }
  return allowed(number, terms['delivery.phone_countries'])
}

function alsoHome(home: string): string {
  return home === '' ? '' : `, or one of ${home}`
}

/** Also with a digit or two too many, which exchanges drop: what is dialled is the number without them. */
function isNobodys(number: PhoneNumber): boolean {
  const longest = number.isValid() ? [number.number] : [0, 1, 2].map((cut) => number.number.slice(0, -cut || undefined))
  return longest.some((each) => NOBODYS_PHONE.includes(parsePhoneNumberFromString(each)?.getType()))
}

function allowed(number: PhoneNumber, countries: readonly string[]): ReadPhone {
  const taken: ReadPhone = { ok: true, phone: number.number }
  if (countries.length === 0) return taken
  // Countries that share a calling code: a number of none of them in particular is of each that it could be of.
  const of: readonly string[] = number.country === undefined ? number.getPossibleCountries() : [number.country]
  if (of.some((each) => countries.includes(each))) return taken
  const whose = of.length === 1 ? `is a number of ${of[0]}` : `is a number of +${number.countryCallingCode}`
  return {
    ok: false,
    problem: `${whose}, and this site takes numbers of ${countries.join(', ')}; an administrator can add its country to delivery.phone_countries`,
  }
}
