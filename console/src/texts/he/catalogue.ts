import type { Texts } from '../texts.ts'
import { delivery } from './delivery.ts'
import { overview, standing, standingMeans } from './overview.ts'
import { providers } from './providers.ts'
import { settings } from './settings.ts'
import { common, failure, proof, shell } from './shell.ts'
import { applications, audit, keys, roles } from './things.ts'
import { person, twoFactor, users } from './users.ts'

export const he: Texts = {
  shell,
  common,
  failure,
  proof,
  overview,
  standing,
  standingMeans,
  users,
  person,
  twoFactor,
  settings,
  delivery,
  roles,
  applications,
  providers,
  keys,
  audit,
}
