// What comes back to a browser: what a person reads, and what it keeps.

/** What a person reads of a page, a line for each part of it. */
export function readable(page: string): readonly string[] {
  const [, main = page] = /<main[^>]*>([\s\S]*)<\/main>/.exec(page) ?? []
  return main
    .replaceAll(/<(script|style|svg)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<input([^>]*)>/g, (_, attributes: string) => {
      const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? ''
      return of('type') === 'hidden' ? '' : `[${of('name')}${of('value') === '' ? '' : `=${of('value')}`}]`
    })
    .replaceAll(
      /<\/?(?:p|div|h\d|li|ul|ol|form|section|label|button|tr|dt|dd|dl|header|footer|fieldset|legend|summary|details)[^>]*>/g,
      '\n',
    )
    .replaceAll(/<[^>]+>/g, ' ')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}

/** The cookies of a browser after an answer that sets some and takes others away. */
export function keptCookies(before: string, set: readonly string[]): string {
  const kept = new Map(before.split('; ').flatMap((each) => (each === '' ? [] : [split(each)])))
  for (const each of set) {
    const [name, value] = split(each.split(';')[0] ?? '')
    if (value === '' || /max-age=0/i.test(each)) kept.delete(name)
    else kept.set(name, value)
  }
  return [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
}

function split(cookie: string): readonly [string, string] {
  const at = cookie.indexOf('=')
  return [cookie.slice(0, at), cookie.slice(at + 1)]
}

/** The path of the newest link of a kind among these mails. */
export function linkIn(mails: readonly { readonly text: string }[], kind: string): string {
  const found = mails.map(({ text }) => new RegExp(`/acme(/${kind}/[\\w-]+)`).exec(text)?.[1])
  return found.find((each) => each !== undefined) ?? `/${kind}/none`
}

/** The key that a page shows for an app that cannot scan. */
export function secretOn(page: string): string {
  const shown = /(?:[A-Z2-7]{4}\s?){6,}/.exec(page.replaceAll(/<[^>]+>/g, ' '))?.[0] ?? 'JBSWY3DPEHPK3PXP'
  return shown.replaceAll(/\s/g, '')
}
