import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { buildSite } from '../../scripts/docs/site.ts'

const SITE = buildSite()
const PAGES = [...SITE].flatMap(([path, content]) =>
  path.endsWith('.html') && typeof content === 'string' ? [[path, content] as const] : [],
)
const ids = (content: string): ReadonlySet<string> =>
  new Set([...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? ''))

test('every link leads to a page that there is, and to an anchor on it', () => {
  const anchors = new Map(PAGES.map(([path, content]) => [path, ids(content)]))
  const broken: string[] = []
  let followed = 0
  for (const [path, content] of PAGES) {
    for (const [, target = ''] of content.matchAll(/ (?:href|src)="([^"]+)"/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const [file = '', anchor] = target.split('#')
      const to = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file))
      followed++
      if (!SITE.has(to) || (anchor !== undefined && !anchors.get(to)?.has(anchor))) broken.push(`${path}: ${target}`)
    }
  }
  assert.deepEqual(broken, [])
  assert.ok(followed > 1_000)
})

test('the site asks nothing of anybody else: no address outside is loaded, only linked', () => {
  for (const [path, content] of PAGES) {
    assert.doesNotMatch(content, /<(?:script|img|link|iframe)[^>]+(?:src|href)="(?:[a-z]+:)?\/\//, path)
    assert.doesNotMatch(content, /\sstyle="|\son[a-z]+="/, path)
  }
  assert.doesNotMatch(String(SITE.get('style.css')) + String(SITE.get('site.css')), /@import|url\(/)
  assert.doesNotMatch(String(SITE.get('find.js')), /fetch|XMLHttpRequest|innerHTML/)
})

test('every page is one document with one title, and anchors that are there once', () => {
  for (const [path, content] of PAGES) {
    assert.equal(content.match(/<h1[ >]/g)?.length, 1, path)
    const all = [...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    assert.equal(new Set(all).size, all.length, path)
  }
})

test('the search knows each heading of each page, and leads to it', () => {
  const scope: { PAGES?: readonly { title: string; to: string; words: string }[] } = {}
  runInNewContext(String(SITE.get('search.js')), scope)
  const rows = scope.PAGES ?? []
  const anchors = new Map(PAGES.map(([path, content]) => [path, ids(content)]))
  for (const { to } of rows) {
    const [page = '', anchor = ''] = to.split('#')
    assert.ok(anchors.get(page)?.has(anchor), to)
  }
  const found = rows.filter(({ words }) => words.includes('remembered_device'))
  assert.ok(found.some(({ to }) => to.startsWith('docs/why-asked.html')))
  assert.ok(rows.some(({ to }) => to === 'reference/errors.html#code_locked'))
})
