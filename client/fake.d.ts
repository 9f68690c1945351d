export interface FakeUser {
  readonly username: string
  readonly password: string
  /** What this user is asked for; null: nothing more than the password. */
  readonly factor: 'email' | 'sms' | 'app' | null
  /** The code that is always right for this user. */
  readonly code?: string
}

export interface FakeOptions {
  readonly users: readonly FakeUser[]
  /** Milliseconds since 1970, so that a test can let time pass. */
  readonly now?: (() => number) | undefined
  /** `web` if left out. */
  readonly applications?: readonly string[] | undefined
}

export interface Fake {
  /** For `createClient({ fetch })`. */
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>
  /** A key that the fake takes for its scope. */
  readonly key: string
  /** Every message that would have gone out, oldest first. */
  readonly sent: readonly { readonly username: string; readonly channel: 'email' | 'sms'; readonly code: string }[]
}

/** A server that is none: sign-in, the second factor alone and sessions, as the real one answers them. */
export declare function createFake(options: FakeOptions): Fake
