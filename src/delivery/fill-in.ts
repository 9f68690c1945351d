/** A name in braces: the only thing that is ever replaced in words that a site has written. */
const NAMED = /\{([a-z]+)\}/g

/**
 * Puts values where the template has their names in braces, once: what a value says is not looked at again, and nothing is
 * evaluated. Names without a value stay as they stand.
 */
export function fillIn(template: string, values: ReadonlyMap<string, string>): string {
  return template.replaceAll(NAMED, (whole, name: string) => values.get(name) ?? whole)
}

/** The first braces that hold none of these names, as they stand: `{{constructor` or `{`. Undefined: there are none. */
export function strangeBraces(template: string, known: readonly string[]): string | undefined {
  const rest = template.replaceAll(NAMED, (whole, name: string) => (known.includes(name) ? '' : whole))
  return /[{}]+[^\s{}]{0,40}\}?/.exec(rest)?.[0]
}

export function names(template: string, name: string): boolean {
  return template.includes(`{${name}}`)
}
