export interface Heading {
  readonly level: number
  readonly id: string
  /** What a reader sees, without marks. */
  readonly text: string
}

export interface Section {
  readonly heading: Heading
  /** The words below it, for the search. */
  readonly words: string
}

export interface Rendered {
  readonly html: string
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
  /** Every target of a link or a picture, as written. */
  readonly targets: readonly string[]
  readonly code: readonly CodeBlock[]
}

export interface CodeBlock {
  /** What stands after the backticks: a language, and marks of ours behind it. */
  readonly info: string
  readonly text: string
}

/** Where a link leads on the page that is made. */
export type Resolve = (target: string) => string

const FENCE = /^```(.*)$/
const HEADING = /^(#{1,4}) (.+)$/
const ITEM = /^(?:- |(\d+)\. )(.*)$/
const ROW = /^\|.*\|$/
const RULE = /^\|(?: ?:?-+:? ?\|)+$/
const INLINE =
  /(`+)(.+?)\1(?!`)|(!?)\[((?:`[^`]*`|!\[[^\]]*\]\([^)\s]+\)|[^\]`])*)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|(?<![\w*])\*([^\s*](?:[^*]*[^\s*])?)\*(?![\w*])|<(https?:[^>\s]+)>/g

/**
 * Renders the Markdown that our pages are written in, and nothing else: headings, paragraphs, lists, tables, fenced code, and inside of them code, links, pictures
 * and emphasis. What looks like more (HTML, reference links, quotes, indented code) is an error and not a guess: a page must look here as it looks elsewhere.
 */
export function renderMarkdown(source: string, resolve: Resolve = (target) => target): Rendered {
  const headings: Heading[] = []
  const targets: string[] = []
  const code: CodeBlock[] = []
  const sections: { heading: Heading; words: string }[] = []

  return { html: blocks(source.replaceAll('\r\n', '\n').split('\n')), headings, sections, targets, code }

  function blocks(lines: readonly string[]): string {
    const made: string[] = []
    for (let at = 0; at < lines.length; ) {
      const line = lines[at] ?? ''
      if (line.trim() === '') at++
      else if (FENCE.test(line)) at = fenced(lines, at, made)
      else if (HEADING.test(line)) made.push(heading(lines[at++] ?? ''))
      else if (ROW.test(line) && RULE.test(lines[at + 1] ?? '')) at = table(lines, at, made)
      else if (ITEM.test(line)) at = list(lines, at, made)
      else at = paragraph(lines, at, made)
    }
    return made.join('\n')
  }

  function fenced(lines: readonly string[], from: number, made: string[]): number {
    const end = lines.indexOf('```', from + 1)
    if (end < 0) throw new Error(`a block of code has no end: ${lines[from]}`)
    const block = { info: FENCE.exec(lines[from] ?? '')?.[1] ?? '', text: lines.slice(from + 1, end).join('\n') }
    code.push(block)
    note(block.text)
    made.push(`<pre><code>${escape(block.text)}</code></pre>`)
    return end + 1
  }

  function heading(line: string): string {
    const [, marks = '#', said = ''] = HEADING.exec(line) ?? []
    const text = plain(said)
    const taken = headings.filter(({ text: other }) => slug(other) === slug(text)).length
    const found = { level: marks.length, text, id: taken === 0 ? slug(text) : `${slug(text)}-${taken}` }
    headings.push(found)
    sections.push({ heading: found, words: '' })
    return `<h${found.level} id="${escape(found.id)}">${inline(said)}</h${found.level}>`
  }

  function table(lines: readonly string[], from: number, made: string[]): number {
    let at = from
    while (ROW.test(lines[at] ?? '')) at++
    const [head = [], , ...rows] = lines.slice(from, at).map(cells)
    const wrong = rows.find((row) => row.length !== head.length)
    if (wrong) throw new Error(`a row has ${wrong.length} cells under ${head.length}: ${wrong.join(' | ')}`)
    const row = (each: readonly string[], tag: string): string =>
      `<tr>${each.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`
    for (const each of rows) note(each.map(plain).join(' '))
    const body = rows.map((each) => row(each, 'td')).join('\n')
    made.push(`<div class="table"><table><thead>${row(head, 'th')}</thead><tbody>\n${body}\n</tbody></table></div>`)
    return at
  }

  /** An item goes on as long as lines are indented; what is in it may be blocks again. */
  function list(lines: readonly string[], from: number, made: string[]): number {
    const ordered = ITEM.exec(lines[from] ?? '')?.[1] !== undefined
    const items: string[][] = []
    let at = from
    for (; at < lines.length; at++) {
      const line = lines[at] ?? ''
      const item = ITEM.exec(line)
      const next = lines[at + 1] ?? ''
      if (item) items.push([item[2] ?? ''])
      else if (line.trim() === '' && (/^ {2}/.test(next) || ITEM.test(next))) items.at(-1)?.push('')
      else if (/^ {2}/.test(line)) items.at(-1)?.push(line.replace(ordered ? /^ {2,3}/ : /^ {2}/, ''))
      else break
    }
    const tag = ordered ? 'ol' : 'ul'
    made.push(`<${tag}>${items.map((item) => `<li>${tight(blocks(item))}</li>`).join('\n')}</${tag}>`)
    return at
  }

  function paragraph(lines: readonly string[], from: number, made: string[]): number {
    let at = from
    const starts = (line: string): boolean =>
      [FENCE, HEADING, ROW].some((each) => each.test(line)) || (ITEM.test(line) && !/^\d+\. /.test(line))
    while ((lines[at] ?? '').trim() !== '' && (at === from || !starts(lines[at] ?? ''))) at++
    const text = lines.slice(from, at).join(' ')
    if (/^(?:>|<(?!https?:)|#|```|\||\[[^\]]+\]:| {4})/.test(text))
      throw new Error(`not in our Markdown: ${text.slice(0, 80)}`)
    note(plain(text))
    made.push(`<p>${inline(text)}</p>`)
    return at
  }

  function inline(text: string): string {
    let made = ''
    let end = 0
    for (const found of text.matchAll(INLINE)) {
      const [whole, ticks, coded = '', picture, label = '', target, strong, soft, address] = found
      made += words(text.slice(end, found.index))
      end = found.index + whole.length
      if (ticks !== undefined) made += `<code>${escape(coded.trim())}</code>`
      else if (target !== undefined) made += linked(picture === '!', label, target)
      else if (strong !== undefined) made += `<strong>${inline(strong)}</strong>`
      else if (soft !== undefined) made += `<em>${inline(soft)}</em>`
      else if (address !== undefined) made += `<a href="${escape(address)}">${escape(address)}</a>`
    }
    return made + words(text.slice(end))
  }

  function linked(picture: boolean, label: string, target: string): string {
    targets.push(target)
    const to = escape(resolve(target))
    return picture ? `<img src="${to}" alt="${escape(label)}" loading="lazy">` : `<a href="${to}">${inline(label)}</a>`
  }

  function note(text: string): void {
    const last = sections.at(-1)
    if (last) last.words += `${text} `
  }
}

/** The anchor of a heading, as GitHub makes it. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
    .replaceAll(' ', '-')
}

function plain(text: string): string {
  return text.replaceAll(INLINE, (...[whole, , coded, , label, , strong, soft, address]) =>
    String(coded ?? label ?? strong ?? soft ?? address ?? whole),
  )
}

function words(text: string): string {
  if (/<\/?[a-z][\w-]*[ >]/.test(text)) throw new Error(`HTML is not in our Markdown: ${text.slice(0, 80)}`)
  return escape(text.replaceAll(/\\([\\`*_|[\]])/g, '$1'))
}

function cells(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
}

/** A single paragraph in an item needs no box of its own. */
function tight(html: string): string {
  return html.replace(/^<p>(.*?)<\/p>/, '$1')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
