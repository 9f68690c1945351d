/** JSON with whatever fits on a line written on one: what changed between two runs is then seen line by line. */
export function laidOut(value: unknown, indent = ''): string {
  const short = JSON.stringify(value) ?? 'nothing'
  if (short.length + indent.length <= 140 || typeof value !== 'object' || value === null) return short
  const deeper = `${indent}  `
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((each) => laidOut(each, deeper))]
    : ['{', '}', Object.entries(value).map(([name, each]) => `${name}: ${laidOut(each, deeper)}`)]
  return `${open}\n${parts.map((each) => `${deeper}${each}`).join('\n')}\n${indent}${close}`
}

/** What begins like one of ours is nothing that a library drew. */
const IDS = /\b(site|usr|aut|chl|enr|ses|dev|dlv|key|st|pt|dt|req)_[\w-]{20,}/g

/**
 * What is chance (identifiers, tokens, codes, digests) by the order in which it came up, and moments as people read them. The chance of a small
 * world comes from a seed, but another draw before it would give every later one another value.
 */
export function plainly(): (text: string) => string {
  const seen = new Map<string, string>()
  const counts = new Map<string, number>()
  const named = (value: string, kind: string): string => {
    const known = seen.get(value)
    if (known !== undefined) return known
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const name = `‹${kind} ${count}›`
    seen.set(value, name)
    return name
  }
  return (text) =>
    text
      .replaceAll(/-----BEGIN[\s\S]*?-----END[^-]*-----/g, '‹PEM›')
      .replaceAll(/(SAML(?:Request|Response)(?:=|":"|: "))[^&\s"]+/g, '$1…')
      .replaceAll(/\/[^\s"]*\/countersign-[a-z]+-\w{6}/g, '‹folder›')
      .replaceAll(/\bv1\.[0-9a-f]{8}\.[\w.-]+/g, '‹sealed›')
      // A checkpoint and whoever can verify it: signatures and keys (C2SP signed notes).
      .replaceAll(/(— [^\s\\]+) [^\s\\]+/g, '$1 ‹signature›')
      .replaceAll(/\b(countersign\/site\/[^\s+]+)\+[0-9a-f]{8}\+[^\s\\"]+/g, '$1+‹verifier›')
      .replaceAll(/\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]+\$[\w+/]+/g, '‹hash›')
      .replaceAll(IDS, (id, kind: string) => named(id, kind))
      .replaceAll(/\b1[6-9]\d{11}\b/g, (millis) => new Date(Number(millis)).toISOString().replace('.000Z', 'Z'))
      .replaceAll(/(?<=\bid=|audit_keys [^:\n]*)\b[0-9a-f]{8}\b/g, (id) => named(id, 'key'))
      .replaceAll(/(?<=\\n|(?<![\w+/-]))[\w+/]{43}=/g, (digest) => named(digest, 'digest'))
      .replaceAll(/(?<![\w-])[\w-]{20,}(?:\.[\w-]{20,})*(?![\w-])/g, (word) =>
        /[\dA-Z]/.test(word) ? named(word, 'token') : word,
      )
      .replaceAll(/\b[A-Z2-7]{26,}\b|\b(?:[A-Z2-7]{4} ){6,}[A-Z2-7]{2,4}\b/g, (secret) => named(secret, 'secret'))
      .replaceAll(/\b(?=[a-z]*\d|\w+-[a-z]*\d)[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}\b/g, (code) =>
        named(code, 'recovery'),
      )
      .replaceAll(/\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16})\b/g, (digest) => named(digest, 'digest'))
      .replaceAll(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/g, (reference) => named(reference, 'reference'))
      .replaceAll(/(?<![\d+.-])(?:\d{15}|\d{6})(?![\d.-])/g, (code) => named(code, 'code'))
}

/** A long answer that says mostly what the last one at this door said, by what is new in it. */
export function sinceLast(last: unknown, now: unknown): unknown {
  if (!isObject(last) || !isObject(now) || Object.keys(now).length < 6) return now
  if (Object.keys(now).join(' ') !== Object.keys(last).join(' ')) return now
  const moved = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(last[name]))
  return { '(as the last time, but)': Object.fromEntries(moved) }
}

/** What an authenticator signs is another thing each time, and says nothing to a reader. */
export function withoutPasskey(sent: unknown): unknown {
  return isObject(sent) && 'passkey' in sent ? { ...sent, passkey: '…' } : sent
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
