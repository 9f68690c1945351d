import { type HardwareField, type HardwareList, hardwareCollector } from './hardware-list.ts'
import { type OpenValue, pskcOpener, type PskcUnlock } from './pskc-key.ts'
import { childOf, readXml, type XmlElement } from './xml.ts'

/** Where files of RFC 6030 and of the drafts before it name the algorithm. */
const ALGORITHM = /(?:pskc[:#])(?<type>hotp|totp)$/

/**
 * The hardware tokens of a key container of RFC 6030 (PSKC), as makers of tokens send them: HOTP and TOTP, with secrets in the open or
 * encrypted. A key with conditions that cannot be kept here (an end, a number of uses, a PIN) is refused rather than used without them.
 */
export function readPskc(text: string, unlock: PskcUnlock): HardwareList {
  const collected = hardwareCollector()
  const read = readXml(text)
  if (read.kind === 'unreadable') {
    collected.problem(read.line, `the file ${read.problem}`)
    return collected.end()
  }
  const { root } = read
  if (root.name !== 'KeyContainer') {
    collected.problem(root.line, 'this is no key container of RFC 6030 (PSKC)')
    return collected.end()
  }
  const open = childOf(root, 'EncryptionKey')
    ? pskcOpener(root, unlock)
    : 'says nothing of how its secrets are encrypted'
  for (const device of root.children.filter(({ name }) => name === 'KeyPackage' || name === 'Device'))
    for (const key of device.children.filter(({ name }) => name === 'Key')) {
      const said = fieldsOf(device, key, open)
      if (typeof said === 'string') collected.problem(key.line, said)
      else collected.token(key.line, (field) => said[field] ?? '')
    }
  return collected.end()
}

function fieldsOf(
  device: XmlElement,
  key: XmlElement,
  open: OpenValue | string,
): Partial<Record<HardwareField, string>> | string {
  const type = ALGORITHM.exec(key.attributes['Algorithm'] ?? '')?.groups?.['type']
  if (type === undefined) return 'its algorithm is neither HOTP nor TOTP'
  const policy = childOf(key, 'Policy')?.children ?? []
  const condition = policy.find(({ name, text }) => name !== 'KeyUsage' || text !== 'OTP')
  if (condition) return `it comes with a condition that cannot be kept here: ${condition.name}`
  const format = childOf(key, 'AlgorithmParameters', 'ResponseFormat')?.attributes ?? {}
  if ((format['Encoding'] ?? 'DECIMAL') !== 'DECIMAL') return 'its codes are not decimal'
  if (format['CheckDigits'] === 'true' || format['CheckDigits'] === '1') return 'its codes have a check digit'
  const data = childOf(key, 'Data')
  const secret = secretOf(childOf(data, 'Secret'), open)
  if (typeof secret === 'string') return `its secret ${secret}`
  const number = (name: string): string | undefined => {
    const value = childOf(data, name)
    return value && (childOf(value, 'PlainValue')?.text ?? 'encrypted')
  }
  return {
    serial: childOf(device, 'DeviceInfo', 'SerialNo')?.text ?? key.attributes['Id'] ?? '',
    secret: Buffer.from(secret).toString('hex'),
    type,
    digits: format['Length'] ?? '',
    algorithm: childOf(key, 'AlgorithmParameters', 'Suite')?.text.replace(/^HMAC-?/i, '') ?? '',
    counter: number('Counter') ?? '',
    period: number('TimeInterval') ?? '',
  }
}

function secretOf(secret: XmlElement | undefined, open: OpenValue | string): Uint8Array | string {
  const plain = childOf(secret, 'PlainValue')
  if (plain) return new Uint8Array(Buffer.from(plain.text, 'base64'))
  const encrypted = childOf(secret, 'EncryptedValue')
  if (!encrypted) return 'is missing'
  return typeof open === 'string' ? `is encrypted, and the file ${open}` : open(encrypted, childOf(secret, 'ValueMAC'))
}
