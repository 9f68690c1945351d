const NAMES = ['localhost', '127.0.0.1', '[::1]']

/** Whether this origin can be reached from its own machine only. */
export function isLoopback(origin: string): boolean {
  return NAMES.includes(new URL(origin).hostname)
}

/** The origin itself and, on loopback, the other names of the same server: people type any of them. */
export function sameServer(origin: string): readonly string[] {
  const { protocol, port, hostname, origin: own } = new URL(origin)
  if (!NAMES.includes(hostname)) return [own]
  return NAMES.map((name) => `${protocol}//${name}${port === '' ? '' : `:${port}`}`)
}
