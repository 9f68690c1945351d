import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { canonicalJson, isCanonical } from './canonical.ts'

test('RFC 8785 section 3.2.2: numbers, strings and literals', () => {
  const input = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  assert.equal(
    canonicalJson(input),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test('RFC 8785 section 3.2.3: keys in the order of UTF-16 code units, not of code points', () => {
  const input = JSON.parse(String.raw`{
    "\u20ac": "Euro", "\r": "Return", "\ufb33": "Hebrew letter", "1": "One",
    "\ud83d\ude00": "Face", "\u0080": "Control", "\u00f6": "o"
  }`)
  const values = Object.values(JSON.parse(canonicalJson(input)) as Record<string, string>)
  const inOrder = [...canonicalJson(input).matchAll(/:"([^"]+)"/g)].map((found) => found[1])
  assert.equal(values.length, 7)
  assert.deepEqual(inOrder, ['Return', 'One', 'Control', 'o', 'Euro', 'Face', 'Hebrew letter'])
})

// RFC 8785 appendix B: the bits of a double and its text
const NUMBERS = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
] as const

for (const [bits, text] of NUMBERS) {
  test(`RFC 8785 appendix B: the double ${bits} is ${text}`, () => {
    assert.equal(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE()), text)
  })
}

test('what JSON would drop or bend in silence is refused, however deep', () => {
  const holes: unknown[] = []
  holes.length = 2
  const refused = [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1n,
    Symbol('s'),
    () => 1,
    '\uD83D',
    'a\uDE00',
    holes,
    new Date(0),
    new Map(),
    new Uint8Array(2),
    { ['\uD83D']: 1 },
    { [Symbol('s')]: 1 },
  ]
  for (const value of refused) {
    assert.throws(() => canonicalJson(value), TypeError)
    assert.throws(() => canonicalJson({ a: [value] }), TypeError)
  }
})

test('a key called __proto__ is a key like others', () => {
  assert.equal(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}')), '{"__proto__":{"a":2},"b":1}')
})

test('law: the text parses back to the value, and the order of keys does not matter', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, each]) => [key, shuffled(each)]),
    )
  }
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
      assert.equal(canonicalJson(shuffled(value)), text)
    }),
    { seed: 20_261_122, numRuns: 1_000 },
  )
})

test('law: a text is canonical exactly when it is the text of its value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(3), (value, indent) => {
      const texts = [canonicalJson(value), JSON.stringify(value), JSON.stringify(value, null, indent)]
      for (const text of texts)
        assert.equal(isCanonical(text, JSON.parse(text)), canonicalJson(JSON.parse(text)) === text, text)
    }),
    { seed: 20_261_125, numRuns: 1_000 },
  )
})

test('the odd cases of one value with several texts', () => {
  const canonical = ['{"10":1,"9":2}', '{"a":1}', '"\\u000f"', '[]', '{"__proto__":1,"a":2}']
  const not = [
    '{"9":2,"10":1}',
    '{"a":1,"a":1}',
    '{"b":1,"a":2}',
    '1.0',
    '-0',
    '"\\u0041"',
    '"\\ud83d\\ude00"',
    '[{"b":1,"a":2}]',
  ]
  for (const text of canonical) assert.equal(isCanonical(text, JSON.parse(text)), true, text)
  for (const text of [...not, '"\\ud83d"']) assert.equal(isCanonical(text, JSON.parse(text)), false, text)
})
