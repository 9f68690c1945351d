import type { HardwareToken } from '#domain/hardware-token.ts'
import type { Passkey } from '#domain/passkey.ts'
import type { RecoverySet } from '#domain/recovery.ts'
import { flag, id, idOrNull, integer, integerOrNull, listOf, text, word } from './columns.ts'
import type { Row, Value } from './database.ts'
import { parameters } from './user-rows.ts'

// The lists of values are in the order of the statements.

export function passkey(row: Row): Passkey {
  return {
    kind: 'passkey',
    id: id(row, 'id', 'aut'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    label: text(row, 'label'),
    credential: text(row, 'credential'),
    publicKey: text(row, 'public_key'),
    counter: integer(row, 'counter'),
    transports: listOf<string>(row, 'transports', (each) => typeof each === 'string'),
    backupEligible: flag(row, 'backup_eligible'),
    backedUp: flag(row, 'backed_up'),
    createdAt: integer(row, 'created_at'),
    lastUsedAt: integerOrNull(row, 'last_used_at'),
  }
}

export function passkeyValues(each: Passkey): readonly Value[] {
  const { id, site, user, label, credential, publicKey, counter, createdAt, lastUsedAt } = each
  const backup = [Number(each.backupEligible), Number(each.backedUp)]
  const key = [credential, publicKey, counter, JSON.stringify(each.transports)]
  return [id, site, user, label, ...key, ...backup, createdAt, lastUsedAt]
}

export function recoverySet(row: Row, codes: readonly Row[]): RecoverySet {
  return {
    salt: text(row, 'salt'),
    madeAt: integer(row, 'made_at'),
    savedAt: integerOrNull(row, 'saved_at'),
    digests: codes.map((code) => text(code, 'digest')),
  }
}

export function hardwareToken(row: Row): HardwareToken {
  return {
    kind: 'hardware',
    id: id(row, 'id', 'aut'),
    site: id(row, 'site_id', 'site'),
    user: idOrNull(row, 'user_id', 'usr'),
    serial: text(row, 'serial'),
    label: text(row, 'label'),
    moves: word(row, 'moves', ['counter', 'clock']),
    sealedSecret: text(row, 'sealed_secret'),
    parameters: parameters(row),
    last: integer(row, 'last'),
    importedAt: integer(row, 'imported_at'),
    lastUsedAt: integerOrNull(row, 'last_used_at'),
    version: integer(row, 'version'),
  }
}

export function hardwareValues(each: HardwareToken, version: number): readonly Value[] {
  const { digits, algorithm, period } = each.parameters
  const device = [each.user, each.serial, each.label, each.moves, each.sealedSecret, digits, algorithm, period]
  return [...device, each.last, each.importedAt, each.lastUsedAt, version, each.site, each.id]
}
