import { html as template, raw } from 'hono/html'

/** Markup that is safe to send: made by `html`, or by us. */
export type Html = ReturnType<typeof raw>

/** What may stand in a template. An object or `true` is a mistake, not an empty place. */
export type Piece = string | number | Html | false | null | undefined | readonly Piece[]

/** A template that escapes whatever is put into it and is not markup already. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const made = template(strings, ...pieces)
  if (made instanceof Promise) throw new Error('a page is made of what is known already')
  return made
}

/** Markup of our own making; never anything that a person or a program sent. */
export function trusted(markup: string): Html {
  return raw(markup)
}
