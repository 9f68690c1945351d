import { Secret } from '#domain/secret.ts'
import { hours, type Instant, minutes, seconds } from '#domain/time.ts'
import type { AuditStream, StreamState } from '#ports/audit-streams.ts'
import type { Ports } from '#ports/ports.ts'

/** How long one try may take before another node may try. */
const CLAIM = minutes(2)
const STREAMS_AT_ONCE = 20
const BATCH = 200
/** Batches in one go, so that a receiver far behind does not keep the others waiting. */
const MOST_BATCHES = 25
const PAUSE = seconds(5)
const LONGEST_PAUSE = hours(1)

/**
 * Sends on what was written since, to every receiver whose time has come: each entry at least once and in order. A receiver that fails is
 * tried again after a pause that doubles up to an hour, for as long as the log keeps what it lacks; if some of that was purged
 * meanwhile, it is told which entries are missing.
 */
export async function shipAudit(ports: Ports): Promise<void> {
  const now = ports.clock.now()
  const due = await ports.store.claimStreams({ now, until: now + CLAIM, limit: STREAMS_AT_ONCE })
  const sites = new Map((await ports.store.sites()).map(({ id, name }) => [id, name]))
  await Promise.all(due.map((stream) => ship(ports, sites.get(stream.site) ?? stream.site, stream)))
}

async function ship(ports: Ports, siteName: string, stream: AuditStream): Promise<void> {
  let sent = stream.sentSeq
  for (let batches = 0; ; batches += 1) {
    const rows = await ports.store.audit(stream.site, { after: sent, oldestFirst: true, limit: BATCH })
    const first = rows.at(0)
    const last = rows.at(-1)
    if (first === undefined || last === undefined || batches === MOST_BATCHES) {
      const nextAt = ports.clock.now() + (first === undefined ? PAUSE : 0)
      await ports.store.moveStream(stream, sent, { ...working(sent), nextAt })
      return
    }
    const missing = first.seq === sent + 1 ? null : { from: sent + 1, to: first.seq - 1 }
    const outcome = await send(ports, stream, { siteName, rows, missing, sentAt: ports.clock.now() })
    if (outcome.kind === 'failed') {
      await ports.store.moveStream(stream, sent, failing(stream, sent, outcome.why, ports.clock.now()))
      return
    }
    // Somebody removed the stream or moved it meanwhile: what they know is newer.
    const moved = await ports.store.moveStream(stream, sent, { ...working(last.seq), nextAt: stream.nextAt })
    if (!moved) return
    sent = last.seq
  }
}

async function send(ports: Ports, stream: AuditStream, batch: Parameters<Ports['auditSink']['send']>[2]) {
  let config: Secret
  try {
    const opened = ports.vault.open(stream.sealedConfig, `audit-stream:${stream.site}:${stream.name}`)
    config = new Secret(Buffer.from(opened).toString())
  } catch {
    return { kind: 'failed', why: 'the configuration cannot be read with this key' } as const
  }
  return ports.auditSink.send(stream.kind, config, batch)
}

function working(sentSeq: number): Omit<StreamState, 'nextAt'> {
  return { sentSeq, failures: 0, failingSince: null, lastError: null }
}

function failing(stream: AuditStream, sentSeq: number, why: string, now: Instant): StreamState {
  // What was sent in this very go shows that it worked a moment ago.
  const before = sentSeq === stream.sentSeq ? stream : { failures: 0, failingSince: null }
  const pause = Math.min(PAUSE * 2 ** Math.min(before.failures, 20), LONGEST_PAUSE)
  return {
    sentSeq,
    nextAt: now + pause,
    failures: before.failures + 1,
    failingSince: before.failingSince ?? now,
    lastError: why,
  }
}
