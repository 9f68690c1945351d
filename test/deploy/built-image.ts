import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { without } from '../real-parts.ts'

// The Dockerfile is built by buildah, which needs no daemon. The image it begins with comes from a registry that a test cannot count on, so a
// stand-in has its name: Debian from debootstrap, this Node.js, and the npm of this machine.

const ROOT = join(import.meta.dirname, '../..')
const BASE = 'docker.io/library/node:24-slim'
/** Of Debian, here and in what debootstrap makes. */
const TRUSTED = '/etc/ssl/certs/ca-certificates.crt'

/** Why no image can be built here; false: it can. */
export function withoutImages(): string | false {
  if (process.getuid?.() !== 0) return 'building an image takes root'
  return without('buildah', 'debootstrap', 'runc')
}

/** What an image says of how it is run (OCI image configuration). */
export interface ImageConfig {
  readonly User: string
  readonly Env: readonly string[]
  readonly Entrypoint: readonly string[]
  readonly Cmd: readonly string[]
  readonly WorkingDir: string
  readonly Volumes: Readonly<Record<string, object>>
  readonly Healthcheck: { readonly Test: readonly string[] }
}

export interface BuiltImage {
  readonly config: ImageConfig
  /** Where its files can be looked at; nothing is written there by a container that is read-only. */
  readonly files: string
  readonly remove: () => void
}

export function buildImage(): BuiltImage {
  const place = mkdtempSync(join(tmpdir(), 'countersign-image-'))
  const buildah = (...args: readonly string[]): string => {
    const all = ['--root', join(place, 'root'), '--runroot', join(place, 'run'), ...args]
    const { status, stdout, stderr } = spawnSync('buildah', all, { cwd: ROOT, encoding: 'utf8' })
    assert.equal(status, 0, `buildah ${args[0]}: ${stderr.slice(-2_000)}`)
    return stdout.trim()
  }
  makeBase(place, buildah)
  buildah('bud', '--isolation', 'chroot', '--network', 'host', '--pull-never', '--format', 'docker', '-t', 'built', '.')
  const container = buildah('from', '--pull-never', 'localhost/built')
  const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', 'localhost/built')) as {
    Docker: { config: ImageConfig }
  }
  return {
    config: Docker.config,
    files: buildah('mount', container),
    remove() {
      buildah('rm', '--all')
      rmSync(place, { recursive: true, force: true })
    },
  }
}

function makeBase(place: string, buildah: (...args: readonly string[]) => string): void {
  const base = join(place, 'base')
  execFileSync('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', base], { stdio: 'ignore' })
  const local = join(base, 'usr/local')
  mkdirSync(join(local, 'lib/node_modules'), { recursive: true })
  cpSync(process.execPath, join(local, 'bin/node'))
  chmodSync(join(local, 'bin/node'), 0o755)
  const npm = realpathSync(execFileSync('which', ['npm'], { encoding: 'utf8' }).trim())
  cpSync(dirname(dirname(npm)), join(local, 'lib/node_modules/npm'), { recursive: true })
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name))
  // From where this machine gets its packages, and whom it trusts for that.
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  cpSync(TRUSTED, join(base, TRUSTED))
  writeFileSync(join(local, 'etc/npmrc'), `registry=${registry}\ncafile=${TRUSTED}\n`)
  const container = buildah('from', 'scratch')
  buildah('add', '--quiet', container, base, '/')
  buildah('commit', '--quiet', '--rm', container, BASE)
  rmSync(base, { recursive: true, force: true })
}
