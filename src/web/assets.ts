import { readFileSync } from 'node:fs'

const css = readFileSync(new URL('./style.css', import.meta.url))
const digest = Buffer.from(await crypto.subtle.digest('SHA-256', css)).toString('hex')

/** Named after its content, so that it can be kept for ever and a new one is never missed. */
export const STYLESHEET = `/assets/${digest.slice(0, 16)}.css`

/** The one file that the pages load, and where it lies. */
export function assets(): { readonly path: string; response(): Response } {
  return {
    path: STYLESHEET,
    response: () =>
      new Response(css, {
        headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
      }),
  }
}
