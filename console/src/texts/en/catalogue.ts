import { delivery } from './delivery.ts'
import { overview, standing, standingMeans } from './overview.ts'
import { providers } from './providers.ts'
import { settings } from './settings.ts'
import { common, failure, proof, shell } from './shell.ts'
import { applications, audit, keys, roles } from './things.ts'
import { person, twoFactor, users_ } from './users.ts'

export const en = {
  shell,
  common,
  failure,
  proof,
  overview,
  standing,
  standingMeans,
  users: users_,
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
