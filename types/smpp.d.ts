/** What we use of the package `smpp`, which brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  export interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly sequence_number: number
    readonly message_id?: string
    readonly receipted_message_id?: string
    readonly message_state?: number
    readonly esm_class?: number
    readonly short_message?: { readonly message?: string | Uint8Array }
    response(fields?: Readonly<Record<string, unknown>>): Pdu
  }

  type Answer = (pdu: Pdu) => void
  type Fields = Readonly<Record<string, unknown>>

  /** The package is CommonJS: all of it is its one export. */
  class Session extends EventEmitter {
    constructor(options: { readonly socket: Socket })
    bind_transceiver(fields: Fields, answer: Answer): boolean
    submit_sm(fields: Fields, answer: Answer): boolean
    enquire_link(answer: Answer): boolean
    unbind(): boolean
    send(pdu: Pdu): boolean
    close(): void
    destroy(): void
  }

  const smpp: { readonly Session: typeof Session; readonly errors: Readonly<Record<string, number>> }
  export default smpp
}
