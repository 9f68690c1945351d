import { posix } from 'node:path'

export interface Shelf {
  readonly title: string
  readonly pages: readonly { readonly address: string; readonly title: string }[]
}

export interface Framed {
  readonly address: string
  readonly title: string
  /** Already HTML. */
  readonly html: string
  readonly shelves: readonly Shelf[]
}

/** One page of the site around what was written: contents beside it, a search above. Addresses are relative, so that it works from a disk. */
export function framed({ address, title, html, shelves }: Framed): string {
  const root = posix.relative(posix.dirname(address), '.') || '.'
  const link = (page: Shelf['pages'][number]): string => {
    const here = page.address === address ? ' aria-current="page"' : ''
    return `<li><a href="${root}/${page.address}"${here}>${escape(page.title)}</a></li>`
  }
  const nav = shelves.map((shelf) => `<h2>${escape(shelf.title)}</h2>\n<ul>${shelf.pages.map(link).join('\n')}</ul>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Countersign</title>
<link rel="stylesheet" href="${root}/style.css">
<link rel="stylesheet" href="${root}/site.css">
<script src="${root}/search.js" defer></script>
<script src="${root}/find.js" defer></script>
</head>
<body data-root="${root}">
<a class="skip" href="#content">To the text</a>
<header><a href="${root}/index.html">Countersign</a>
<search><label for="find">Search</label><input id="find" type="search" autocomplete="off" aria-controls="found">
<ol id="found" aria-live="polite" hidden></ol></search></header>
<nav aria-label="Contents">${nav.join('\n')}</nav>
<main id="content">
${html}
</main>
</body>
</html>
`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
