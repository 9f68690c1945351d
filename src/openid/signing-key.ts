import { createHash, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { NewKey } from '#usecases/openid-keys.ts'

const RSA_BITS = 2048

/** A new key for RS256, which every client has to know (OpenID Connect Core 15.1). */
export async function newSigningKey(): Promise<NewKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS })
  const jwk = privateKey.export({ format: 'jwk' })
  return { ...jwk, kid: thumbprint(jwk), use: 'sig', alg: 'RS256' }
}

/** RFC 7638 3.2: clients keep keys by their name, so that a name never comes to mean another key. */
export function thumbprint({ e, n }: { readonly e?: string | undefined; readonly n?: string | undefined }): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url')
}
