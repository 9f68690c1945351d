import type { AppAuthenticator } from '#domain/authenticator.ts'
import type { Ports } from '#ports/ports.ts'

/** RFC 4226 section 4 (R6): a shared secret has at least 128 bits. */
const BYTES_ASKED = 16

export function isShort(secret: Uint8Array): boolean {
  return secret.length < BYTES_ASKED
}

/** Whether an app was moved here with a secret shorter than ours ever are. It works; its owner does well to set up a new one. */
export function hasShortSecret({ vault }: Pick<Ports, 'vault'>, app: AppAuthenticator): boolean {
  return isShort(vault.open(app.sealedSecret, app.id))
}
