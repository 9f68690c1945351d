import { readFileSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'

/** File descriptors that connections never take: the database, mail and SMS, files, and those of the runtime itself. */
const KEPT_FREE = 64
/** Connections beyond those that are served: each is told 503 and closed. After these nobody is let in at all. */
const REFUSED_POLITELY = 16
/** More than this many at once is a mistake or an attack, whatever the system would allow. */
const MOST_CONNECTIONS = 20_000
/** Shares of the heap: above the first twice in a row nothing new is begun, until it is below the second. */
const [NEARLY_FULL, ROOM_AGAIN] = [0.92, 0.85]

export interface Heap {
  readonly used: number
  readonly limit: number
}

/** How near this process is to the end of what it was given. It refuses before the end, because nothing can be refused after it. */
export interface Strain {
  /** A connection has come in. false: it is one too many, and is told so. */
  enter(): boolean
  leave(): void
  /** From this many on, connections are closed without a word. */
  readonly mostConnections: number
  /** Whether there is too little memory to begin anything. */
  short(): boolean
  /** Looks at the memory; to be called every second or so. */
  look(): void
  /** What is wrong, in one sentence, or null. */
  trouble(): string | null
}

/** `descriptors`: how many files and connections the process may have open; null: nobody knows. */
export function watchStrain(descriptors: number | null, heap: () => Heap): Strain {
  const served = servedWith(descriptors)
  let connections = 0
  let highLooks = 0
  let short = false

  return {
    mostConnections: served + REFUSED_POLITELY,
    enter() {
      connections += 1
      return connections <= served
    },
    leave() {
      connections -= 1
    },
    short: () => short,
    look() {
      const { used, limit } = heap()
      highLooks = used / limit > NEARLY_FULL ? highLooks + 1 : 0
      if (highLooks >= 2) short = true
      else if (used / limit < ROOM_AGAIN) short = false
    },
    trouble() {
      if (short)
        return 'This node has nearly no memory left: give it more (--max-old-space-size, the limit of its container).'
      if (connections < served) return null
      return `All ${served} connections that this node has file descriptors for are in use: raise its limit of open files (ulimit -n, LimitNOFILE).`
    },
  }
}

/** Of a very small number half is kept free; with none known only the general limit holds. */
function servedWith(descriptors: number | null): number {
  if (descriptors === null) return MOST_CONNECTIONS
  const kept = Math.min(KEPT_FREE + REFUSED_POLITELY, Math.floor(descriptors / 2))
  return Math.min(MOST_CONNECTIONS, descriptors - kept)
}

/** The soft limit of open files, where the system tells (Linux). */
export function descriptorLimit(): number | null {
  try {
    const found = /^Max open files\s+(?<soft>\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.groups?.['soft']
    return found === undefined ? null : Number(found)
  } catch {
    return null
  }
}

export function heapOfProcess(): Heap {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return { used, limit }
}
