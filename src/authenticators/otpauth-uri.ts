import type { TotpParameters } from '#domain/authenticator.ts'
import { base32 } from './base32.ts'

export interface Provisioning {
  readonly secret: Uint8Array
  /** Who asks for the code: the name the app shows above it. */
  readonly issuer: string
  /** Whose code it is: the user's sign-in name. */
  readonly account: string
  readonly parameters: TotpParameters
}

/**
 * The text of the QR code an authenticator app scans (the `otpauth` scheme as apps read it: label `issuer:account`, the
 * issuer once more as a parameter). Spaces are `%20`, because apps show a `+` as it is; `@` stays readable. All
 * parameters are written out, also those every app assumes.
 */
export function otpauthUri({ secret, issuer, account, parameters }: Provisioning): string {
  const name = encode(issuer)
  const query = [
    `secret=${base32(secret)}`,
    `issuer=${name}`,
    `algorithm=${parameters.algorithm}`,
    `digits=${parameters.digits}`,
    `period=${parameters.period}`,
  ]
  return `otpauth://totp/${name}:${encode(account)}?${query.join('&')}`
}

/**
 * Apps decode the label first and split it at the first colon, so that an encoded colon in a name would still move the
 * border between issuer and account. Names therefore lose it, as well as what is invisible: control characters and
 * marks that turn the direction of the text around.
 */
function encode(name: string): string {
  const plain = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replace(/[:\uFF1A]/g, '-')
    .trim()
  return encodeURIComponent(plain).replaceAll('%40', '@')
}
