const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** What is wrong with an address that an application wants to be led back to; undefined: nothing. */
export function addressProblem(address: string): string | undefined {
  if (address.length > 2_000 || !URL.canParse(address))
    return 'is a whole address, such as https://app.example/callback'
  const url = new URL(address)
  if (url.hash !== '' || address.includes('#')) return 'has no fragment'
  if (url.username !== '' || url.password !== '') return 'has no user name in it'
  if (url.protocol === 'https:') return undefined
  if (url.protocol === 'http:') {
    return LOOPBACK.includes(url.hostname) ? undefined : 'is encrypted: https, or http on this very computer'
  }
  return 'begins with https://'
}
