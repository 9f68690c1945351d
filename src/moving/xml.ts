/** An element of a document. Names are without their prefix: a reader of one small format knows what it means by them. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** All text directly inside, trimmed. */
  readonly text: string
  readonly line: number
}

export type ReadXml =
  | { readonly kind: 'document'; readonly root: XmlElement }
  | { readonly kind: 'unreadable'; readonly line: number; readonly problem: string }

interface Open {
  readonly name: string
  readonly qualified: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  readonly line: number
  text: string
}

const DEEPEST = 30
const TAG = /<(\/?)([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Reads the part of XML 1.0 that machines write to each other: elements, attributes, text and comments. Whatever could reach outside of the
 * document or make it grow (a document type, entities of its own, processing instructions) is refused and not skipped. Its time is that of
 * its length. Nothing that is signed may be read with it.
 */
export function readXml(text: string): ReadXml {
  const source = text.replace(/^\uFEFF?\s*(?:<\?xml\s[^?<>]*\?>)?/, (head) => head.replaceAll(/[^\n]/g, ' '))
  const root: Open = { name: '', qualified: '', attributes: {}, children: [], line: 1, text: '' }
  const open: Open[] = [root]
  let at = 0
  let line = 1
  const advance = (to: number): void => {
    for (let next = source.indexOf('\n', at); next >= 0 && next < to; next = source.indexOf('\n', next + 1)) line += 1
    at = to
  }
  const unreadable = (problem: string): ReadXml => ({ kind: 'unreadable', line, problem })

  while (at < source.length) {
    const inside = open.at(-1) ?? root
    const next = source.indexOf('<', at)
    const words = characters(source.slice(at, next < 0 ? source.length : next))
    if (words === undefined) return unreadable('has an entity that is not one of XML itself')
    if (inside === root && words.trim() !== '') return unreadable('has text outside of its element')
    inside.text += words
    advance(next < 0 ? source.length : next)
    if (next < 0) break
    if (source.startsWith('<!--', at)) {
      const end = source.indexOf('-->', at + 4)
      if (end < 0) return unreadable('has a comment without an end')
      advance(end + 3)
      continue
    }
    TAG.lastIndex = at
    const [tag, closing, qualified = '', written = '', empty] = TAG.exec(source) ?? []
    if (tag === undefined) return unreadable('has markup that is not read here')
    if (closing === '/') {
      if (inside === root || inside.qualified !== qualified || written !== '' || empty === '/')
        return unreadable(`closes ${qualified}, which is not open`)
      open.pop()
      open.at(-1)?.children.push(closed(inside))
    } else {
      const attributes = attributesOf(written)
      if (attributes === undefined) return unreadable(`has attributes of ${qualified} that cannot be read`)
      const name = qualified.slice(qualified.indexOf(':') + 1)
      const begun: Open = { name, qualified, attributes, children: [], line, text: '' }
      if (empty === '/') inside.children.push(closed(begun))
      else open.push(begun)
      if (open.length > DEEPEST) return unreadable('is nested too deeply')
    }
    advance(at + tag.length)
  }
  const [only, ...others] = root.children
  if (open.length > 1) return unreadable(`ends inside of ${open.at(-1)?.qualified}`)
  return only && others.length === 0 ? { kind: 'document', root: only } : unreadable('is not one element')
}

/** The first element inside with this name. */
export function childOf(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (inside, name) => inside?.children.find((each) => each.name === name),
    element,
  )
}

function closed({ name, attributes, children, line, text }: Open): XmlElement {
  return { name, attributes, children, line, text: text.trim() }
}

function attributesOf(written: string): Record<string, string> | undefined {
  const attributes: Record<string, string> = Object.create(null)
  for (const [, name = '', double, single] of written.matchAll(ATTRIBUTE)) {
    const value = characters(double ?? single ?? '')
    if (value === undefined || name in attributes) return undefined
    attributes[name] = value
  }
  return attributes
}

/** Text with its entities resolved; undefined: one of them is not of XML itself. */
function characters(text: string): string | undefined {
  let known = true
  const resolved = text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (_, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16)
    const found =
      name === undefined ? (code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined) : NAMED[name]
    known &&= found !== undefined
    return found ?? ''
  })
  return known ? resolved : undefined
}
