/** A line a setting: what it was and what it is now. */
export function changeLines(
  changes: readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[],
): string {
  return changes.map(({ key, from, to }) => `${key}: ${JSON.stringify(from)} → ${JSON.stringify(to)}\n`).join('')
}
