import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXml } from './xml.ts'

const problemOf = (text: string): string => {
  const read = readXml(text)
  assert.ok(read.kind === 'unreadable', text)
  return `${read.line}: ${read.problem}`
}

test('elements, attributes, text and entities are read, names without their prefix', () => {
  const read = readXml(
    `\uFEFF<?xml version="1.0"?>\n<!-- <b> -->\n<x:a one='1 &lt; 2' y:two="&#x41;&#66;">\n  t&amp;<c/>u\n</x:a>\n`,
  )
  assert.ok(read.kind === 'document')
  const { root } = read
  assert.deepEqual([root.name, root.text, root.line], ['a', 't&u', 3])
  assert.deepEqual({ ...root.attributes }, { one: '1 < 2', 'y:two': 'AB' })
  assert.deepEqual(
    root.children.map(({ name, line }) => [name, line]),
    [['c', 4]],
  )
})

test('what could reach out of the document or make it grow is refused with its line', () => {
  assert.equal(
    problemOf('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<a>&b;</a>'),
    '1: has markup that is not read here',
  )
  assert.equal(problemOf('<a>\n&b;</a>'), '1: has an entity that is not one of XML itself')
  assert.equal(problemOf('<a>&#0;</a>'), '1: has an entity that is not one of XML itself')
  assert.equal(problemOf('<a>\n\n<?php ?></a>'), '3: has markup that is not read here')
  assert.equal(problemOf('<a>'.repeat(40)), '1: is nested too deeply')
})

test('what is no document is refused', () => {
  for (const text of [
    '',
    'words',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a b="1" b="2"/>',
    '<a b=1/>',
    '<a/>words',
    '<!-- -->',
    '<a',
    '<a></a b="">',
  ])
    assert.equal(readXml(text).kind, 'unreadable', text)
})
