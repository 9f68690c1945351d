import { isGsm7, smsParts, toGsm7 } from './gsm7.ts'
import { nameLine } from './one-line.ts'

/** An SMS in which everything but the title of the site has to be said: the title gives way, letter by letter. */
export function withTitleThatFits(title: string, message: (site: string) => string): string {
  const line = nameLine(title, 160)
  let site = isGsm7(message('')) ? toGsm7(line) : line
  if (smsParts(message(site)) === 1) return message(site)
  while (site !== '' && smsParts(message(`${site}...`)) > 1) site = site.slice(0, -1).trimEnd()
  return message(site === '' ? '' : `${site}...`)
}
