// The search of the documentation: every word must occur in a section; where it stands in a title it counts more.
const field = document.querySelector('#find')
const list = document.querySelector('#found')
const root = document.body.dataset.root
const MOST = 12

field.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
  const hits = words.length === 0 ? [] : globalThis.PAGES.map((row) => ({ row, score: score(row, words) }))
  const best = hits.filter((hit) => hit.score > 0).sort((a, b) => b.score - a.score)
  list.replaceChildren(...best.slice(0, MOST).map(({ row }) => item(row)))
  if (words.length > 0 && best.length === 0) list.append('Nothing has all of these words.')
  list.hidden = words.length === 0
})

field.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') list.querySelector('a')?.click()
  if (event.key === 'Escape') list.hidden = true
})

function score(row, words) {
  const title = row.title.toLowerCase()
  const page = row.page.toLowerCase()
  const each = words.map((word) =>
    title.includes(word) ? 10 : page.includes(word) ? 4 : row.words.includes(word) ? 1 : 0,
  )
  return each.includes(0) ? 0 : each.reduce((sum, one) => sum + one, 0)
}

function item(row) {
  const link = document.createElement('a')
  link.href = `${root}/${row.to}`
  link.textContent = row.title === row.page ? row.page : `${row.page}: ${row.title}`
  const found = document.createElement('li')
  found.append(link)
  return found
}
