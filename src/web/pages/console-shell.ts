import type { ConsoleEntry } from '../console-build.ts'
import { html, type Html } from '../html.ts'
import { type Frame, ICON } from '../layout.ts'

export interface ConsoleShell extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly nonce: string
  readonly entry: ConsoleEntry
}

/** The page that the console is drawn on. Browsers show the nonce to its own script only, as a property of the element. */
export function consoleShell({ texts, base, site, nonce, entry }: ConsoleShell): Html {
  return html`<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<title>${site.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta property="csp-nonce" nonce="${nonce}">
<link rel="icon" href="${ICON}">
${entry.styles.map((path) => html`<link rel="stylesheet" href="${base}${path}">`)}
${entry.preloads.map((path) => html`<link rel="modulepreload" href="${base}${path}">`)}
<script type="module" src="${base}${entry.script}"></script>
</head>
<body>
<div id="root" data-site="${site.name}" data-path="${site.path}" data-title="${site.title}"></div>
<noscript>The console needs JavaScript. Everything in it can also be done with the command line: npx countersign --help</noscript>
</body>
</html>
`
}
