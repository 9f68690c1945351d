/** What an error of the database or of the way to it means to us. */
export interface Trouble {
  readonly kind: 'contended' | 'unavailable'
  readonly says: string
  /** The connection is of no use any more; what was being committed over it may be there or not. */
  readonly gone: boolean
  /** It is worth a try again in a moment: the server is being started, or the connection was an old one. */
  readonly comesBack: boolean
}

/** SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html: other transactions were in the way. */
const CONTENDED: Readonly<Record<string, string>> = {
  '40001': 'a concurrent transaction was first',
  '40P01': 'two transactions waited for each other',
  '55P03': 'another transaction holds the row',
  '23503': 'another row is gone',
  '23505': 'another row was first',
}

/** The server ends the connection or takes none yet. */
const GOES_AWAY = ['57P01', '57P02', '57P03', '57P05', '25P03']
const BROKEN = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ECONNABORTED', 'ENETUNREACH', 'EHOSTUNREACH']
/** Of the driver itself, which has no codes for these. */
const DRIVER_LOST = /^(?:Connection terminated|Client has encountered a connection error|Client was closed)/
const DRIVER_LATE = /^(?:Query read timeout|timeout expired|Connection terminated due to connection timeout)/
const POOL_FULL = /^timeout exceeded when trying to connect/

/** Trouble that stays until somebody mends it, in words that follow the name of the place. */
const MENDABLE: Readonly<Record<string, string>> = {
  '25006': 'is read-only: it takes no sign-ins until a server that can be written to is in its place',
  '28000': 'does not let this user in: look at COUNTERSIGN_DATABASE and at pg_hba.conf',
  '28P01': 'does not know this user or password: look at COUNTERSIGN_DATABASE',
  '3D000': 'does not exist: make it with CREATE DATABASE',
  '53100': 'has a full disk: make room on it',
  '53200': 'has no memory left',
  '53300': 'has no room for another connection: raise max_connections or run fewer nodes',
  '57014': 'took too long to answer',
  '58030': 'cannot use its disk',
  XX001: 'says that its data is damaged',
  ENOTFOUND: 'cannot be found: look at the host in COUNTERSIGN_DATABASE',
  EAI_AGAIN: 'cannot be found now: names are not resolved',
  ETIMEDOUT: 'does not answer',
}

/** null: this is no trouble of the database's but a mistake of ours. */
export function troubleOf(error: unknown, place: string): Trouble | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const contended = CONTENDED[code]
  if (contended !== undefined) return { kind: 'contended', says: contended, gone: false, comesBack: false }
  if (DRIVER_LATE.test(error.message)) return unavailable(place, 'does not answer', { gone: true })
  if (POOL_FULL.test(error.message)) return unavailable(place, 'is busy: every connection of this node is in use')
  if (BROKEN.includes(code) || GOES_AWAY.includes(code) || code.startsWith('08') || DRIVER_LOST.test(error.message))
    return unavailable(place, `cannot be reached (${code === '' ? error.message : code})`, {
      gone: true,
      comesBack: true,
    })
  if (code === 'EMFILE' || code === 'ENFILE')
    return unavailable(place, `cannot be connected to: this node has no file descriptor left (${code})`, {
      gone: true,
      comesBack: true,
    })
  const mendable = MENDABLE[code]
  if (mendable !== undefined) return unavailable(place, mendable)
  if (code === '42501' && error.message.startsWith('permission denied'))
    return unavailable(place, `refuses its user something (${error.message}): let the user own the database`)
  return null
}

function unavailable(place: string, what: string, { gone = false, comesBack = false } = {}): Trouble {
  return { kind: 'unavailable', says: `The database ${place} ${what}.`, gone, comesBack }
}

/** The address without user and password, for sentences that people read. */
export function placeOf(url: string): string {
  const found = URL.parse(url)
  if (found === null) return 'of COUNTERSIGN_DATABASE'
  const host = found.searchParams.get('host') ?? found.host
  return `${decodeURIComponent(found.pathname.slice(1)) || 'postgres'} at ${host === '' ? 'localhost' : host}`
}
