import { STYLESHEET } from './assets.ts'
import { html, type Html, trusted } from './html.ts'
import type { Texts, Word } from './texts/texts.ts'

/** What every page knows. */
export interface Frame {
  readonly texts: Texts
  /** null: the page belongs to no site. */
  readonly site: { readonly name: string; readonly title: string; readonly path: string } | null
  /** The path that the files of pages are below. */
  readonly base: string
}

export interface Sheet {
  readonly title: string
  /** Said first, in the title too, and linked to the field it is about. */
  readonly problem?: Word | null | undefined
  /** The body shows the problem itself, because the field it is about lies far down. */
  readonly problemInBody?: boolean
  /** Something that went well, or has to be known before the form. */
  readonly notice?: Word | null | undefined
  readonly body: Html
}

/** Whatever the problem is, a field is described by it; `invalid` says that what was typed there is to blame. */
export function about(problem: Word | null | undefined, invalid: boolean, ...hints: readonly string[]): Html {
  const described = [...(problem ? ['problem'] : []), ...hints].join(' ')
  return html`${described && html` aria-describedby="${described}"`}${invalid && html` aria-invalid="true"`}`
}

/** The problem itself; there is one on a page. */
export function problemBox(problem: Word | null | undefined): Html | null {
  return problem ? html`<div class="problem" id="problem" role="alert"><p>${problem}</p></div>` : null
}

export const ICON = trusted(
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
    "%3Crect width='16' height='16' rx='4' fill='%230b6b5c'/%3E" +
    "%3Cpath d='M4 8.5l2.7 2.7L12 5.4' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E",
)

/** One page: a calm card under the name of the site. It needs no script and loads one stylesheet. */
export function layout({ texts, base, site }: Frame, sheet: Sheet): Html {
  const named = site ? texts.pageTitle(sheet.title, site.title) : sheet.title
  return html`<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<title>${sheet.problem ? texts.errorTitle(named) : named}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${base}${STYLESHEET}">
</head>
<body>
<header>${site && html`<p class="brand">${site.title}</p>`}</header>
<main>
<h1>${sheet.title}</h1>
${!sheet.problemInBody && problemBox(sheet.problem)}
${sheet.notice && html`<div class="notice" role="status"><p>${sheet.notice}</p></div>`}
${sheet.body}
</main>
</body>
</html>
`
}
