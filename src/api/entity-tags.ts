/** What a version is called in `ETag` and `If-Match` (RFC 9110 §8.8.3): a strong tag. */
export function tagOf(version: number | string): string {
  return `"${version}"`
}

/**
 * The versions that `If-Match` would change (RFC 9110 §13.1.1); undefined: any will do. A weak tag, or what is no tag, fits nothing.
 */
export function versionsWanted(request: Request): readonly string[] | undefined {
  const header = request.headers.get('if-match')
  if (header === null || header.trim() === '*') return undefined
  return header
    .split(',')
    .flatMap((each) => /^"(?<version>[\w.-]{1,200})"$/.exec(each.trim())?.groups?.['version'] ?? [])
}
