import { TOTP } from 'otpauth'

/** What an authenticator app that nobody here wrote shows for a base32 secret at this moment. */
export function codeOf(secret: string, at: number): string {
  return new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: at })
}
