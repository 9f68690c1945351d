import type { SiteId } from '#domain/id.ts'
import type { ChannelChange } from '#ports/channel-changes.ts'
import { channelTestValues } from './channel-rows.ts'
import { CHANNEL_PROOFS, CHANNEL_TESTS } from './channel-statements.ts'
import { run, type Work } from './database.ts'
import { CHANNEL_ROWS } from './statements.ts'

/** Does one change about the channels of a site inside the running transaction; answers how many rows it found. */
export function* applyChannelChange(site: SiteId, change: ChannelChange): Work<number> {
  switch (change.kind) {
    case 'unset-channel':
      return yield* run(CHANNEL_ROWS.unset, site, change.channel)
    case 'set-channel-test':
      return yield* run(CHANNEL_TESTS.set, ...channelTestValues(change.test))
    case 'count-channel-test': {
      const { channel, codeDigest, begunAt, wrong } = change.test
      return yield* run(CHANNEL_TESTS.count, site, channel, codeDigest, begunAt, wrong)
    }
    case 'end-channel-test': {
      const { channel, codeDigest, begunAt, wrong } = change.test
      return yield* run(CHANNEL_TESTS.end, site, channel, codeDigest, begunAt, wrong)
    }
    case 'prove-channel': {
      const { mark, recipient, provedBy, provedAt, channel } = change.proof
      return yield* run(CHANNEL_PROOFS.set, mark, recipient, provedBy, provedAt, channel, site)
    }
    default:
      return change satisfies never
  }
}
