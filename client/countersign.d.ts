import type { ListId, OperationId, Operations, ProblemCode } from './operations.d.ts'

export type * from './operations.d.ts'
export { PROBLEM_CODES } from './operations.d.ts'

/** What is said of a call itself. */
export interface CallOptions {
  /** Gives up the call. */
  readonly signal?: AbortSignal | undefined
  /** Instead of the client's key: the token of a session or of a pending login. */
  readonly token?: string | undefined
  /** Names a write, so that it is carried out once however often it is sent; it is then tried again by itself. */
  readonly idempotencyKey?: string | undefined
  /** Only over the version named. */
  readonly ifMatch?: string | undefined
}

export interface ClientOptions {
  /** Where people sign in: `https://login.example.com`. */
  readonly origin: string | URL
  readonly site: string
  /** An API key; left out where every call brings a token of its own. */
  readonly key?: string | undefined
  readonly fetch?: ((input: string, init?: RequestInit) => Promise<Response>) | undefined
  /** How often a call that can do no harm is tried again; 2 if left out. */
  readonly retries?: number | undefined
  /** How it waits between two tries. */
  readonly wait?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined
}

type PageOf<Id extends ListId> = Awaited<ReturnType<Operations[Id]>>
/** One item of a list. */
export type ItemOf<Id extends ListId> = PageOf<Id> extends { readonly items: readonly (infer Item)[] } ? Item : never

export interface Client extends Operations {
  /** Everything of a list, page by page, as it is wanted. */
  each<Id extends ListId>(id: Id, call?: Parameters<Operations[Id]>[0]): AsyncGenerator<ItemOf<Id>, void, undefined>
}

export declare function createClient(options: ClientOptions): Client

/** A problem in the form of RFC 9457, with everything its code brings along. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly instance?: string
  readonly retry_at?: string | null
  readonly [extension: string]: unknown
}

/** Something the server has said no to. Programs switch on `code`, which comes from one closed list. */
export declare class CountersignError extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
  readonly detail: string
  /** The request id: whoever runs the server finds it in its log. */
  readonly request: string | undefined
  /** When it is worth trying again. */
  readonly retryAt: Date | undefined
  readonly problem: Problem
  constructor(problem: Problem, headers: Headers)
  is(...codes: readonly ProblemCode[]): boolean
}

/** No answer came that could be read. The call may have been carried out. */
export declare class CountersignUnreachable extends Error {
  /** The status of an answer that was none of Countersign's. */
  readonly status: number | undefined
}

export type { OperationId }
