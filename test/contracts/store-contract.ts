import { test } from 'node:test'
import type { Store } from '#ports/store.ts'
import type { Database } from '../../src/store/database.ts'
import { administratorsContract } from './store-contract-administrators.ts'
import { auditLogContract } from './store-contract-audit-log.ts'
import { auditContract } from './store-contract-audit.ts'
import { channelsContract } from './store-contract-channels.ts'
import { changesContract } from './store-contract-changes.ts'
import { deviceTokensContract } from './store-contract-device-tokens.ts'
import { damageContract } from './store-contract-damage.ts'
import { listsContract } from './store-contract-lists.ts'
import { messagesContract } from './store-contract-messages.ts'
import { externalIdentitiesContract } from './store-contract-external-identities.ts'
import { openIdContract } from './store-contract-openid.ts'
import { keptRequestsContract } from './store-contract-kept-requests.ts'
import { passwordResetsContract } from './store-contract-password-resets.ts'
import { peopleContract } from './store-contract-people.ts'
import { racesContract } from './store-contract-races.ts'
import { readsContract } from './store-contract-reads.ts'
import { channelRemovalsContract } from './store-contract-channel-removals.ts'
import { waitingAddressesContract } from './store-contract-waiting-addresses.ts'
import { recoveryRequestsContract } from './store-contract-recovery-requests.ts'
import { sendCapsContract } from './store-contract-send-caps.ts'
import { removalsContract } from './store-contract-removals.ts'
import { restoredContract } from './store-contract-restored.ts'
import { viewsContract } from './store-contract-views.ts'
import { furnish } from './store-furniture.ts'

/** A store to be held to the contract, and the database below it for what no door of the store shows or allows. */
export interface OpenedStore {
  readonly store: Store
  readonly database: Database
  close(): Promise<void>
}

/** Says what is held, on a furnished store of its own. */
export type Held = (says: string, prove: (opened: OpenedStore) => Promise<void>) => void

/** What every store has to keep, whatever database it stands on. `open` answers an empty one. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  const held: Held = (says, prove) => {
    test(`${says} (${name})`, async () => {
      const opened = await open()
      try {
        await furnish(opened.store)
        await prove(opened)
      } finally {
        await opened.close()
      }
    })
  }
  changesContract(held)
  removalsContract(held)
  racesContract(held)
  readsContract(held)
  peopleContract(held)
  administratorsContract(held)
  listsContract(held)
  messagesContract(held)
  channelsContract(held)
  damageContract(held)
  openIdContract(held)
  externalIdentitiesContract(held)
  passwordResetsContract(held)
  sendCapsContract(held)
  deviceTokensContract(held)
  recoveryRequestsContract(held)
  waitingAddressesContract(held)
  channelRemovalsContract(held)
  keptRequestsContract(held)
  auditContract(held)
  auditLogContract(held)
  viewsContract(held)
  restoredContract(held)
}
