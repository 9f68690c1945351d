/** The digit zero of the scripts people type codes in: ASCII, Arabic-Indic, extended Arabic-Indic, full-width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0xff10]
const LONGEST_INPUT = 64
const SEPARATOR = /^[\p{Zs}\p{Dash}]$/u

/**
 * The code a person meant, in ASCII digits, or undefined when it is none: then it is refused before it is counted as a
 * guess. White space around the code is dropped, and between its digits spaces and dashes of any script ("123 456",
 * "123–456", "１２３４５６"). Whatever else is in it, or another number of digits, is no code; nothing is completed or cut.
 */
export function normaliseCode(input: unknown, digits: number): string | undefined {
  if (typeof input !== 'string' || input.length > LONGEST_INPUT) return undefined
  const text = [...input.trim()]
  const read = text.map(digitOf)
  // A dash before the digits is a sign and one after them a piece of something else: both ends must be digits.
  if (read.at(0) === undefined || read.at(-1) === undefined) return undefined
  if (text.some((character, index) => read[index] === undefined && !SEPARATOR.test(character))) return undefined
  const found = read.filter((digit) => digit !== undefined)
  return found.length === digits ? found.join('') : undefined
}

function digitOf(character: string): number | undefined {
  const point = character.codePointAt(0) ?? 0
  const zero = ZEROS.find((each) => point >= each && point <= each + 9)
  return zero === undefined ? undefined : point - zero
}
