import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Manifest {
  readonly files: readonly string[]
  readonly scripts: unknown
}

/** Lays out in the folder `to` what the package consists of, as `npm pack` takes it; `lib/` is made anew from `root`/src. */
export function stagePackage(root: string, to: string): void {
  mkdirSync(to, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  const listed = manifest.files.filter((each) => each !== 'lib')
  for (const path of listed.flatMap((each) => globSync(each, { cwd: root })))
    cpSync(join(root, path), join(to, path), { recursive: true })
  for (const path of ['README.md', 'LICENSE']) cpSync(join(root, path), join(to, path))
  // What builds the package is of no use to whoever installs it, and would run there.
  writeFileSync(join(to, 'package.json'), `${JSON.stringify({ ...manifest, scripts: undefined }, null, 2)}\n`)
  execFileSync(process.execPath, [join(root, 'bin/run.mjs'), 'scripts/pack.ts', join(to, 'lib')], { cwd: root })
  for (const path of globSync('**/*', { cwd: to })) {
    const each = join(to, path)
    // Not what the umask of whoever builds makes of it.
    if (statSync(each).isFile()) chmodSync(each, path === 'bin/countersign.mjs' ? 0o755 : 0o644)
  }
}
