import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown, slug } from '../../scripts/docs/markdown.ts'

const html = (source: string): string => renderMarkdown(source).html

test('text is escaped everywhere, and code is left as it is', () => {
  assert.equal(html('a & "b" < c'), '<p>a &amp; &quot;b&quot; &lt; c</p>')
  assert.equal(html('`<b>**x**</b>`'), '<p><code>&lt;b&gt;**x**&lt;/b&gt;</code></p>')
  assert.equal(html('```sh\na <b>\n\n# c\n```'), '<pre><code>a &lt;b&gt;\n\n# c</code></pre>')
  assert.equal(html('``a ` b``'), '<p><code>a ` b</code></p>')
})

test('emphasis, links and pictures, also in each other', () => {
  assert.equal(html('*a* and **b `c`**'), '<p><em>a</em> and <strong>b <code>c</code></strong></p>')
  assert.equal(html('2 * 3 * 4, COUNTERSIGN_*'), '<p>2 * 3 * 4, COUNTERSIGN_*</p>')
  assert.equal(html('[a `b`](c.md#d)'), '<p><a href="c.md#d">a <code>b</code></a></p>')
  assert.equal(html('![a "b"](c.png)'), '<p><img src="c.png" alt="a &quot;b&quot;" loading="lazy"></p>')
  assert.equal(
    html('<https://a.example/?b&c>'),
    '<p><a href="https://a.example/?b&amp;c">https://a.example/?b&amp;c</a></p>',
  )
})

test('lists hold blocks, as long as they are indented', () => {
  assert.equal(html('- a\n  b\n- c'), '<ul><li>a b</li>\n<li>c</li></ul>')
  assert.equal(
    html('1. a\n\n   ```\n   b\n   ```\n\n2. c'),
    '<ol><li>a\n<pre><code>b</code></pre></li>\n<li>c</li></ol>',
  )
  assert.equal(html('- a\n  - b'), '<ul><li>a b</li></ul>'.replace('a b', 'a\n<ul><li>b</li></ul>'))
})

test('a table has as many cells in each row as in its head, and a bar in one is escaped', () => {
  assert.match(html('| a | b |\n|---|---|\n| `c \\| d` | e |'), /<td><code>c \| d<\/code><\/td><td>e<\/td>/)
  assert.throws(() => html('| a | b |\n|---|---|\n| c |'), /1 cells under 2/)
})

test('headings get the anchors that GitHub gives them', () => {
  const { headings } = renderMarkdown('# Fail-open, `ever`?\n\n## S0: a\n\n## S0: a')
  assert.deepEqual(
    headings.map(({ id }) => id),
    ['fail-open-ever', 's0-a', 's0-a-1'],
  )
  assert.equal(slug('set-config KEY VALUE [MORE…]'), 'set-config-key-value-more')
})

test('what is not in our Markdown is refused and not guessed', () => {
  for (const source of ['<div>', '> quote', '[a]: b', '    code', '```sh\nno end', 'a <b>c</b>'])
    assert.throws(() => html(source), Error, source)
})
