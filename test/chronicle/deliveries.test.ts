import { days, hours, minutes, seconds } from '#domain/time.ts'
import type { DeliveryId } from '#domain/id.ts'
import { recordDelivery } from '#usecases/record-delivery.ts'
import { chronicle, type Story } from './chronicle.ts'

/** The password step by the API; the token of the sign-in that waits. */
async function asks({ api, pump }: Story, username: string): Promise<string> {
  const begun = await api('POST /login', { username, password: `${username}-demo-password` }, { token: null })
  await pump()
  return begun.pending?.token ?? 'none'
}

chronicle('deliveries', { preset: 'scheduling' }, async (story) => {
  const { about, api, does, clock, pump, set, mailbox, ports, site } = story
  const newest = async (): Promise<DeliveryId> => {
    const rows = await ports.store.audit(site.id, { limit: 40 })
    const found = rows.map(({ data }) => data['delivery']).find((each) => typeof each === 'string')
    return found as DeliveryId
  }
  const told = (result: object) =>
    does(`it is told: ${JSON.stringify(result)}`, async () => recordDelivery(ports, await newest(), result as never))

  about('What became of a message')
  await asks(story, 'kim')
  await told({ kind: 'accepted', reference: 'again' })
  await told({ kind: 'delivered' })
  await told({ kind: 'failed', why: 'too late for that', trouble: 'lasting' })
  await told({ kind: 'delivered' })
  clock.pass(minutes(2))
  await asks(story, 'kim')
  await told({ kind: 'failed', why: 'the phone is off', trouble: 'recipient' })
  await told({ kind: 'accepted', reference: 'after all' })
  await pump()

  about('It fails, and another goes in its place or does not')
  for (const fallback of ['none', 'email_if_enabled', 'email_always'] as const) {
    clock.pass(hours(2))
    await set({ 'delivery.sms_failure_fallback': fallback })
    await mailbox.setBehaviour({ sms: 'reject' })
    const token = await asks(story, 'kim')
    await pump()
    await mailbox.setBehaviour({ sms: 'ok' })
    clock.pass(seconds(31))
    await api('POST /login/send', { channel: 'sms' }, { token })
    await pump()
  }
  await set({ 'delivery.sms_failure_fallback': 'none' })
  clock.pass(hours(2))
  await api('POST /users/root/reset-password')
  for (let time = 0; time < 7; time += 1) {
    await told({ kind: 'failed', why: 'the server is away', trouble: 'passing' })
    clock.pass(minutes(3))
  }

  about('No more than so many')
  const limited = async (patch: Record<string, unknown>, username = 'kim'): Promise<void> => {
    clock.pass(days(2))
    await set(patch)
    await asks(story, username)
    const token = await asks(story, username)
    clock.pass(seconds(31))
    await api('POST /login/send', {}, { token })
    clock.pass(seconds(31))
    await api('POST /login/send', {}, { token })
    await set(Object.fromEntries(Object.keys(patch).map((key) => [key, null])))
  }
  await limited({ 'delivery.max_sends_per_user_hour': 2 })
  await limited({ 'delivery.max_unanswered_per_user_day': 2 })
  await limited({ 'delivery.max_sends_per_site_day': 2 })
  await limited({ 'delivery.max_sends_per_login': 1 })
  await limited({ 'delivery.sms_prefixes': ['+44'] })
  await limited({ 'delivery.max_sms_per_number_hour': 2 })
  await limited({ 'delivery.max_unanswered_sms_per_block': 2 })
  await limited({ 'delivery.sms_budget_month': 1 })
  await limited({ 'delivery.resend_cooldown_seconds': 32 })
  await api('GET /reports/delivery')
  await api('GET /delivery/health')
})
