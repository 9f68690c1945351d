import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** An authenticator app: it has scanned a picture and shows codes. */
export interface AuthenticatorApp {
  readonly secret: string
  /** How the app lists the account: `Acme:sam@acme.test`. */
  readonly account: string
  readonly issuer: string
  /** The code that the app shows when it scans, and after each further half minute the one of then. */
  readonly code: (halfMinutesLater?: number) => string
}

/** Scans the QR code from a photo of the screen, as a phone would: a second program reads it and a third one makes the codes. */
export async function scan(page: Page): Promise<AuthenticatorApp> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-scan-'))
  try {
    const photo = join(folder, 'screen.png')
    await page.screenshot({ path: photo, fullPage: true })
    const read = execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', photo], {
      encoding: 'utf8',
      // It reports to standard error that it found no message bus.
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const uri = new URL(read.trim())
    assert.equal(uri.protocol, 'otpauth:')
    assert.equal(uri.host, 'totp')
    const secret = uri.searchParams.get('secret') ?? ''
    const seconds = Math.floor(Date.now() / 1_000)
    return {
      secret,
      account: decodeURIComponent(uri.pathname.slice(1)),
      issuer: uri.searchParams.get('issuer') ?? '',
      code: (halfMinutesLater = 0) => codeAt(secret, seconds + 30 * halfMinutesLater),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function codeAt(secret: string, seconds: number): string {
  return execFileSync('oathtool', ['--totp', '-b', `--now=@${seconds}`, secret], { encoding: 'utf8' }).trim()
}
