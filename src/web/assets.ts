import { readFileSync } from 'node:fs'

const css = readFileSync(new URL('./style.css', import.meta.url))
const script = readFileSync(new URL('./passkeys.js', import.meta.url))
const digest = await digestOf(css)
const scriptDigest = await digestOf(script)

async function digestOf(content: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', content)).toString('hex')
}

/** Named after its content, so that it can be kept for ever and a new one is never missed. */
export const STYLESHEET = `/assets/${digest.slice(0, 16)}.css`

/** The script that passkeys need; no other page loads one. */
export const PASSKEY_SCRIPT = `/assets/${scriptDigest.slice(0, 16)}.js`

export interface Asset {
  readonly path: string
  response(): Response
}

/** The stylesheet that every page loads. */
export function assets(): Asset {
  return asset(STYLESHEET, css, 'text/css')
}

/** The script of the pages with passkeys on them. */
export function passkeyScript(): Asset {
  return asset(PASSKEY_SCRIPT, script, 'text/javascript')
}

function asset(path: string, content: Uint8Array<ArrayBuffer>, type: string): Asset {
  const headers = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=31536000, immutable' }
  return { path, response: () => new Response(content, { headers }) }
}
