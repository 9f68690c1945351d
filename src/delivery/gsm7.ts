/** The characters an SMS carries in seven bits (3GPP TS 23.038, default alphabet) and those that take two places there. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED = new Set('\f^{}\\[~]|€')

const ONE_PART = { gsm7: 160, ucs2: 70 } as const
/** In a message of several parts each loses room to the header that joins them. */
const OF_SEVERAL = { gsm7: 153, ucs2: 67 } as const

export interface SmsSize {
  readonly alphabet: 'gsm7' | 'ucs2'
  /** Places taken: septets, or 16-bit units. */
  readonly units: number
  /** What the gateway bills. */
  readonly parts: number
}

/** Whether the text needs nothing but the seven-bit alphabet; one character outside it more than halves what fits. */
export function isGsm7(text: string): boolean {
  return [...text].every((each) => BASIC.has(each) || EXTENDED.has(each))
}

export function smsSize(text: string): SmsSize {
  const alphabet = isGsm7(text) ? 'gsm7' : 'ucs2'
  const places = [...text].map((each) => (alphabet === 'ucs2' ? each.length : EXTENDED.has(each) ? 2 : 1))
  const units = places.reduce((sum, each) => sum + each, 0)
  return { alphabet, units, parts: units <= ONE_PART[alphabet] ? 1 : packed(places, OF_SEVERAL[alphabet]) }
}

export function smsParts(text: string): number {
  return smsSize(text).parts
}

/** A character of two places is never cut in half: it goes whole into the next part. */
function packed(places: readonly number[], room: number): number {
  let parts = 1
  let used = 0
  for (const each of places) {
    if (used + each > room) {
      parts += 1
      used = 0
    }
    used += each
  }
  return parts
}

/** What has no accent to take away, and what people's keyboards put in titles. */
const INSTEAD: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '·': '.',
  '•': '-',
  '™': '',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
  ẞ: 'SS',
}

/** The text in the seven-bit alphabet: accents it does not know are taken off, other letters are left out. */
export function toGsm7(text: string): string {
  return [...text.normalize('NFC')].map(nearest).join('').replaceAll(/ {2,}/g, ' ').trim()
}

function nearest(character: string): string {
  if (isGsm7(character)) return character
  const instead = INSTEAD[character]
  if (instead !== undefined) return instead
  if (/\s/u.test(character)) return ' '
  return [...character.normalize('NFKD')].filter(isGsm7).join('')
}
