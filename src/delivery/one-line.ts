/** Control characters, line separators and the marks that turn the direction of writing: nothing a name or a title needs. */
const NOT_IN_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Foreign text on one line and of bounded length: a line break in a subject would begin a header of somebody else's making. */
export function oneLine(text: string, longest: number): string {
  const line = text.toWellFormed().replaceAll(NOT_IN_A_LINE, ' ').replaceAll(/\s+/gu, ' ').trim()
  const characters = [...line]
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}

/** A name or title as it may stand in a sentence of ours. Without `https://`, which most readers would make a link of. */
export function nameLine(name: string, longest = 80): string {
  return oneLine(name.replaceAll(/[a-z][a-z0-9+.-]*:\/\//giu, ''), longest)
}
