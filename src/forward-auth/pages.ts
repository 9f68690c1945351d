import { html as template, raw } from 'hono/html'

// Pages between two hosts. They are on the screen for a moment, or when something went wrong, and load nothing.

/**
 * On to the protected host. It is a page and no redirect, because it may be the answer to the form with the code, and browsers follow a
 * form to pages of its own server only (Content-Security-Policy, form-action).
 */
export function goOnPage(address: string): Response {
  const { host } = new URL(address)
  return page(
    200,
    html`<meta http-equiv="refresh" content="0; url=${address}"><title>${host}</title>
<p><a href="${address}">${host}</a></p>`,
  )
}

/** The way back was not that of this browser, or took too long. */
export function startAgainPage(): Response {
  return page(
    403,
    html`<title>Start again</title>
<h1>Start again</h1>
<p>This way back has run out, or this browser keeps no cookies. <a href="/">Open the page again</a>.</p>`,
  )
}

function page(status: number, inside: ReturnType<typeof raw>): Response {
  const markup = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${inside.toString()}
`
  return new Response(markup, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** A template that escapes whatever is put into it. */
function html(strings: TemplateStringsArray, ...pieces: readonly string[]): ReturnType<typeof raw> {
  const made = template(strings, ...pieces)
  if (made instanceof Promise) throw new Error('a page is made of what is known already')
  return made
}
