import { world, ADMIN } from './world.ts'
import { endUserSessions } from '#usecases/sessions.ts'
import { changeUser, createUser, deleteUser } from '#usecases/users.ts'
import { grantBypass } from '#usecases/bypass.ts'
import { Secret } from '#domain/secret.ts'
const at = await world()
const K = { ...ADMIN, site: at.site.id as never, username: 'kim', devices: true }
console.log(await endUserSessions(at.ports, K), await at.ports.store.personFile(at.site.id,'kim',at.clock.now()).then(f=>f?.user.sessionEpoch))
console.log(await endUserSessions(at.ports, {...K, devices:false}))
