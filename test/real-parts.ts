import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Programs nobody here wrote, against which the tests hold ours; each with the Debian package that has it. */
export const REAL_PARTS = {
  chromium: 'chromium',
  zbarimg: 'zbar-tools',
  oathtool: 'oathtool',
  curl: 'curl',
  jq: 'jq',
  nginx: 'nginx-light',
  caddy: 'caddy',
  python3: 'python3',
  pg_ctlcluster: 'postgresql-15',
  aiosmtpd: 'python3-aiosmtpd',
  openssl: 'openssl',
  php: 'php-cli',
  /** A module, for files that Docker reads. */
  '/usr/lib/python3/dist-packages/yaml/__init__.py': 'python3-yaml',
  psql: 'postgresql-client',
  /** An extension of whatever version of PHP there is. SimpleSAMLphp does not start without it, and its package does not ask for it. */
  '/usr/share/doc/php-xml/copyright': 'php-xml',
  /** Pages for PHP. */
  '/usr/share/simplesamlphp/www/index.php': 'simplesamlphp',
  /** A module and no program: it is looked for where Debian puts it. */
  '/usr/share/perl5/Net/SMPP.pm': 'libnet-smpp-perl',
  'systemd-analyze': 'systemd',
  prlimit: 'util-linux',
  zsh: 'zsh',
  fish: 'fish',
  groff: 'groff-base',
  /** Builds an image without a daemon, on a Debian that debootstrap makes; runc runs it. */
  buildah: 'buildah',
  debootstrap: 'debootstrap',
  runc: 'runc',
  /** What Helm's templates are written in, and the functions that they have beside those of Go. */
  go: 'golang-go',
  '/usr/share/gocode/src/github.com/Masterminds/sprig/functions.go': 'golang-github-masterminds-sprig-dev',
  '/usr/share/gocode/src/sigs.k8s.io/yaml/yaml.go': 'golang-k8s-sigs-yaml-dev',
} as const
export type RealPart = keyof typeof REAL_PARTS

/** Where the program is, or undefined when this machine does not have it. */
export function realPart(name: string): string | undefined {
  if (isAbsolute(name)) return existsSync(name) ? name : undefined
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

/** For a test's `skip` option: false when all are here, else the sentence that says what is not. */
export function without(...names: readonly RealPart[]): string | false {
  const absent = missing(names)
  return absent.length === 0 ? false : sentence(absent)
}

/** What bringing them needs of the computer. */
export interface Packages {
  readonly has: (name: string) => boolean
  /** null: we may not. All of these or, when there is no such package among them, none. */
  readonly install: ((packages: readonly string[]) => void) | null
}

/**
 * Installs what is missing when we may: all at once, and where a package of them is not to be had (another release of Debian has another
 * PostgreSQL), the others one by one. Says which stays missing, in one line.
 */
export function bringRealParts(say: (line: string) => void, { has, install }: Packages = debian()): void {
  const all = Object.keys(REAL_PARTS) as RealPart[]
  const absent = (names: readonly RealPart[]): readonly RealPart[] => names.filter((name) => !has(name))
  const before = absent(all)
  if (before.length === 0) return
  if (install !== null) {
    say(`Installing ${before.map((name) => REAL_PARTS[name]).join(', ')} for the tests.`)
    install(before.map((name) => REAL_PARTS[name]))
    for (const name of absent(before)) install([REAL_PARTS[name]])
  }
  const after = absent(before)
  if (after.length > 0) say(`${sentence(after)}; the tests that need them are skipped`)
}

function debian(): Packages {
  const has = (name: string): boolean => realPart(name) !== undefined
  if (process.getuid?.() !== 0 || !has('apt-get')) return { has, install: null }
  let fresh = false
  return {
    has,
    install: (packages) => {
      if (!fresh) apt('update')
      fresh = true
      apt('install', '-y', '--no-install-recommends', ...packages)
    },
  }
}

function missing(names: readonly RealPart[]): readonly RealPart[] {
  return names.filter((name) => realPart(name) === undefined)
}

function sentence(names: readonly RealPart[]): string {
  return `${names.join(', ')} not found (Debian: apt-get install ${names.map((name) => REAL_PARTS[name]).join(' ')})`
}

function apt(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
