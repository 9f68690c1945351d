import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BuiltImage } from './built-image.ts'

/** One container's volume and what runs on it, by runc: read-only, without a capability, in the network of this machine. */
export interface Containers {
  /** Runs a command line of the image's program to its end. */
  readonly run: (command: readonly string[], env?: Readonly<Record<string, string>>) => Ended
  /** Starts what the image starts without being told what; resolves when it serves. */
  readonly start: (env: Readonly<Record<string, string>>) => Promise<Running>
  readonly remove: () => void
}

export interface Ended {
  readonly code: number
  readonly output: string
}

export interface Running {
  /** Runs a program in the container that is running. */
  readonly exec: (args: readonly string[]) => Ended
  /** As `docker stop` asks; resolves with the exit code. */
  readonly stop: () => Promise<number | null>
}

let made = 0

export function containersOf({ config, files }: BuiltImage): Containers {
  const place = mkdtempSync(join(tmpdir(), 'countersign-container-'))
  const data = join(place, 'data')
  const [uid = Number.NaN, gid = Number.NaN] = config.User.split(':').map(Number)
  mkdirSync(data)
  chownSync(data, uid, gid)

  const bundle = (args: readonly string[], env: Readonly<Record<string, string>>): readonly [string, string] => {
    const name = `countersign-${process.pid}-${(made += 1)}`
    const folder = join(place, name)
    mkdirSync(folder)
    const given = Object.entries(env).map(([variable, value]) => `${variable}=${value}`)
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({
        ociVersion: '1.0.2',
        root: { path: files, readonly: true },
        process: {
          user: { uid, gid },
          cwd: config.WorkingDir,
          args,
          env: [
            'PATH=/usr/local/bin:/usr/bin:/bin',
            ...config.Env.filter((each) => !each.startsWith('PATH=')),
            ...given,
          ],
          noNewPrivileges: true,
          capabilities: { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] },
        },
        mounts: [
          { destination: '/proc', type: 'proc', source: 'proc' },
          { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
          ...Object.keys(config.Volumes).map((volume) => ({
            destination: volume,
            type: 'bind',
            source: data,
            options: ['rbind', 'rw'],
          })),
        ],
        linux: { namespaces: ['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
      }),
    )
    return [name, folder]
  }
  const runc = ['--root', join(place, 'state')]
  const ended = (args: readonly string[]): Ended => {
    try {
      return { code: 0, output: execFileSync('runc', [...runc, ...args], { encoding: 'utf8', stdio: 'pipe' }) }
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
      return { code: status, output: stdout + stderr }
    }
  }
  return {
    run(command, env = {}) {
      const [name, folder] = bundle([...config.Entrypoint, ...command], env)
      return ended(['run', '--bundle', folder, name])
    },
    async start(env) {
      const [name, folder] = bundle([...config.Entrypoint, ...config.Cmd], env)
      const child = spawn('runc', [...runc, 'run', '--bundle', folder, name], { stdio: ['ignore', 'ignore', 'pipe'] })
      const over = once(child, 'close') as Promise<[number | null]>
      let said = ''
      const serves = new Promise<boolean>((done) => {
        child.stderr.on('data', (chunk) => {
          said += String(chunk)
          if (/serving \S+ on /.test(said)) done(true)
        })
      })
      assert.ok(await Promise.race([serves, over.then(() => false)]), `the container did not start: ${said}`)
      return {
        exec: (args) => ended(['exec', name, ...args]),
        async stop() {
          ended(['kill', name, 'TERM'])
          const [code] = await over
          return code
        },
      }
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  }
}
