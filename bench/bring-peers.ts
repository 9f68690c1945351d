import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const PEERS = join(import.meta.dirname, 'peers')

/** The peers have a lockfile of their own: nobody who only runs Countersign installs them. False when they cannot be had. */
export function bringPeers(): boolean {
  if (existsSync(join(PEERS, 'node_modules', 'better-auth'))) return true
  process.stderr.write('Installing the peers, once.\n')
  return spawnSync('npm', ['ci', '--no-progress', '--ignore-scripts'], { cwd: PEERS, stdio: 'ignore' }).status === 0
}
