import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, posix, relative } from 'node:path'
import { CONTENTS } from './contents.ts'
import { type Rendered, renderMarkdown } from './markdown.ts'
import { referencePages } from './reference.ts'
import { framed, type Shelf } from './template.ts'

const ROOT = join(import.meta.dirname, '../..')
const WRITTEN = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'client/README.md', 'docs/**/*.md']
const PICTURE = /\.(?:png|svg|jpg)$/

/** The whole site, by path: nothing is read at run time and nothing is asked of another host. */
export function buildSite(): ReadonlyMap<string, string | Buffer> {
  const pages = readPages()
  const site = new Map<string, string | Buffer>()
  /** What is linked and is no page: shown as it is, once. */
  const asked = new Set<string>()
  const rendered = new Map([...pages].map(([path, source]) => [path, render(path, source)]))
  const shelves = arrange(rendered)

  for (const [path, { html, headings }] of rendered)
    site.set(addressOf(path), framed({ address: addressOf(path), title: headings[0]?.text ?? path, html, shelves }))
  for (const path of asked) show(path)
  site.set('search.js', searchIndex(rendered))
  for (const name of ['find.js', 'site.css']) site.set(name, readFileSync(join(import.meta.dirname, name), 'utf8'))
  site.set('style.css', readFileSync(join(ROOT, 'src/web/style.css'), 'utf8'))
  return site

  function render(path: string, source: string): Rendered {
    try {
      return renderMarkdown(source, (target) => leadTo(path, target))
    } catch (cause) {
      throw new Error(`${path}: ${(cause as Error).message}`, { cause })
    }
  }

  function leadTo(from: string, target: string): string {
    if (/^(?:[a-z]+:|#)/.test(target)) return target
    const [file = '', anchor] = target.split('#')
    const path = posix.normalize(posix.join(posix.dirname(from), file)).replace(/\/$/, '')
    if (!pages.has(path)) asked.add(path)
    const to = PICTURE.test(path) ? path : addressOf(path)
    return `${posix.relative(posix.dirname(addressOf(from)), to)}${anchor === undefined ? '' : `#${anchor}`}`
  }

  /** A linked file is shown as text, a linked folder as the list of what is in it. */
  function show(path: string): void {
    const place = join(ROOT, path)
    if (!existsSync(place)) throw new Error(`a page links to ${path}, which is not there`)
    if (PICTURE.test(path)) return void site.set(path, readFileSync(place))
    const address = addressOf(path)
    const html = statSync(place).isDirectory() ? folder(path, address) : listing(readFileSync(place, 'utf8'))
    site.set(address, framed({ address, title: path, html: `<h1>${path}</h1>\n${html}`, shelves }))
  }

  function folder(path: string, address: string): string {
    const items = readdirSync(join(ROOT, path), { withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ name }) => {
        const file = posix.join(path, name)
        if (!pages.has(file) && !site.has(addressOf(file))) show(file)
        const title = rendered.get(file)?.headings[0]?.text ?? name
        return `<li><a href="${posix.relative(posix.dirname(address), addressOf(file))}">${escape(title)}</a></li>`
      })
    return `<ul>${items.join('\n')}</ul>`
  }
}

/** Every written and every generated page, by its path in this repository. */
export function readPages(): ReadonlyMap<string, string> {
  const written = WRITTEN.flatMap((each) => globSync(each, { cwd: ROOT })).toSorted()
  return new Map([
    ...written.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const),
    ...referencePages(),
  ])
}

function addressOf(path: string): string {
  if (path === 'README.md') return 'index.html'
  return extname(path) === '.md' ? path.replace(/\.md$/, '.html') : `${path}.html`
}

function arrange(rendered: ReadonlyMap<string, Rendered>): readonly Shelf[] {
  const placed = new Set(Object.values(CONTENTS).flat())
  const left = [...rendered.keys()].filter((path) => !placed.has(path) && dirname(path) === 'docs')
  return Object.entries({ ...CONTENTS, More: left })
    .map(([title, paths]) => ({
      title,
      pages: paths.map((path) => {
        const page = rendered.get(path)
        if (!page) throw new Error(`the contents name ${path}, which is not there`)
        return {
          address: addressOf(path),
          title: path === 'README.md' ? 'Countersign' : (page.headings[0]?.text ?? path),
        }
      }),
    }))
    .filter(({ pages }) => pages.length > 0)
}

/** A script and not a JSON file: a page that is opened from a disk may load the one and not the other. */
function searchIndex(rendered: ReadonlyMap<string, Rendered>): string {
  const rows = [...rendered].flatMap(([path, { headings, sections }]) =>
    sections.map(({ heading, words }) => ({
      page: headings[0]?.text ?? path,
      title: heading.text,
      to: `${relative('', addressOf(path))}#${heading.id}`,
      words: words.toLowerCase().replaceAll(/\s+/g, ' ').trim(),
    })),
  )
  return `globalThis.PAGES = ${JSON.stringify(rows)}\n`
}

function listing(text: string): string {
  return `<pre><code>${escape(text)}</code></pre>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
