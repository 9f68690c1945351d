/** A mail as its parts, from which both of its forms are made: nothing can stand in one and be missing in the other. */
export type Block =
  | { readonly kind: 'code'; readonly code: string; readonly rest: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }

export function asText(blocks: readonly Block[]): string {
  return `${blocks.map(textOf).join('\n\n')}\n`
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'code':
      return `${block.code}${block.rest}`
    case 'text':
      return block.text
    case 'link':
      return block.href
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n')
  }
}

interface Page {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly title: string
}

/** No pictures, nothing that is fetched, and no colours of its own: a reader in the dark stays in the dark. */
export function asHtml(blocks: readonly Block[], { language, direction, title }: Page): string {
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(language)}" dir="${direction}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(title)}</title></head>`,
    '<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 1em auto; padding: 0 1em">',
    ...blocks.map(htmlOf),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'code': {
      // One run of text without a tag inside, so that a double click takes the whole code.
      const style = 'font-size: 1.75em; letter-spacing: 0.1em; white-space: nowrap'
      return `<p><strong style="${style}">${escapeHtml(block.code)}</strong>${escapeHtml(block.rest)}</p>`
    }
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'link':
      return `<p dir="ltr" style="overflow-wrap: anywhere"><a href="${escapeHtml(block.href)}">${escapeHtml(block.href)}</a></p>`
    case 'facts':
      return `<p>${block.rows.map(([label, value]) => `${escapeHtml(label)}: <bdi>${escapeHtml(value)}</bdi>`).join('<br>\n')}</p>`
  }
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (each) => ESCAPED[each] ?? each)
}
