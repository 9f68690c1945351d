// Order matters: most browsers name others before themselves.
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** A browser by the name people know it by; undefined: it is none that we know. */
export function browserName(userAgent: string | null): string | undefined {
  const browser = BROWSERS.find(([sign]) => userAgent?.includes(sign))?.[1]
  const system = SYSTEMS.find(([sign]) => userAgent?.includes(sign))?.[1]
  return browser && system ? `${browser}, ${system}` : (browser ?? system)
}
