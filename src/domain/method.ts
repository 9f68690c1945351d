/** The ways to prove the second factor. */
export const METHODS = ['app', 'email', 'sms', 'passkey', 'recovery', 'hardware'] as const
export type Method = (typeof METHODS)[number]

/** A way to bring a code to a person. */
export const CHANNELS = ['email', 'sms'] as const
export type Channel = (typeof CHANNELS)[number]

export function isChannel(method: Method): method is Channel {
  return method === 'email' || method === 'sms'
}

/** A mailbox proves no possession at all, a phone number restricted possession (NIST SP 800-63B-4 3.1.3.1, 3.1.3.3). */
const STRENGTH: Record<Method, number> = { email: 0, sms: 1, recovery: 2, app: 3, hardware: 4, passkey: 5 }

/** What proves more than a code in a message, and no number that somebody else may take over. */
export const BETTER_THAN_SMS = ['app', 'passkey', 'hardware'] as const satisfies readonly Method[]

/** A session records the weakest channel its code was sent over. */
export function weakest(methods: readonly [Method, ...Method[]]): Method {
  return methods.reduce((least, each) => (STRENGTH[each] < STRENGTH[least] ? each : least))
}
