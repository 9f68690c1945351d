/** Seconds that a webhook's clock and ours may differ, and so how long a captured one could be sent again. */
const TOLERANCE_SECONDS = 300

/** A webhook that is not what it claims. `reason` is for a log, not for the sender. */
export class WebhookRefused extends Error {
  name = 'WebhookRefused'

  constructor(reason) {
    super(`the webhook was refused: ${reason}`)
    this.reason = reason
  }
}

/**
 * Verifies a webhook (Standard Webhooks 1.0) and answers its JSON. `body` is the text as it came: JSON that was read and written again has
 * another signature. While a secret is changed, both can be given; a sender may sign with several too.
 */
export async function verifyWebhook({ secret, headers, body, now = Date.now, toleranceSeconds = TOLERANCE_SECONDS }) {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    header(headers, name),
  )
  if (!id || !timestamp || !signatures) throw new WebhookRefused('a header is missing')
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookRefused('the timestamp is none')
  if (Math.abs(now() / 1_000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookRefused('the timestamp is too far off')
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const given = signatures
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => bytes(each.slice(3)))
  let right = false
  for (const each of [secret].flat()) {
    const key = await crypto.subtle.importKey('raw', keyOf(each), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    // The platform compares in constant time; every signature is looked at whatever the others said.
    for (const signature of given) if (await crypto.subtle.verify('HMAC', key, signature, signed)) right = true
  }
  if (!right) throw new WebhookRefused('no signature is right')
  return JSON.parse(body)
}

function header(headers, name) {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined
  const value = headers[name]
  return Array.isArray(value) ? undefined : value
}

function keyOf(secret) {
  const key = secret.startsWith('whsec_') ? bytes(secret.slice('whsec_'.length)) : new Uint8Array()
  if (key.length < 16) throw new TypeError('a secret is whsec_ and at least 16 bytes in base64')
  return key
}

function bytes(base64) {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
