import { expect, it } from 'vitest'
import { cleanLine, cleanText, requireChoice } from '../../../src/core/draft/validate.ts'

it.each([
  ['a zero-width space', 'Tea\u200b time', 'Tea time'],
  ['a byte order mark', '\ufeffTea', 'Tea'],
  ['a soft hyphen', 'tea\u00adpot', 'teapot'],
  ['a mark that turns the direction', 'Tea\u202egnp.', 'Teagnp.'],
  ['letters that show nothing', '\u3164Tea\uffa0', 'Tea'],
  ['a control character', 'Tea\u0000 ti\u0007me', 'Tea time'],
  ['half of a pair', 'Tea\ud800', 'Tea'],
  ['what only a terminal understands', '\u001b[1mTea\u001b[0m', 'Tea'],
  ['tags without a flag', 'Tea\u{e0041}', 'Tea'],
])('%s is left out', (_name, typed, kept) => {
  expect(cleanText('topic', typed, 200)).toBe(kept)
  expect(cleanLine('topic', typed, 200)).toBe(kept)
})

it.each([
  '👩🏽‍🚀 👩‍👩‍👧 🏳️‍🌈 ❤️‍🔥',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 1️⃣',
  'می\u200cخواهم',
  'क्\u200dष',
  '葛\u{e0100}飾',
])('what joins visible characters stays: %s', (text) => {
  expect(cleanText('topic', text, 200)).toBe(text)
})

it('a million of them are left out', () => {
  expect(cleanText('topic', `a${'\u200d'.repeat(1_000_000)}\u{1f3f4}${'\u{e0020}'.repeat(9)}`, 200)).toMatch(
    /^a🏴/u,
  )
})

it('a value that is no choice is shown on one line, without what a terminal would obey', () => {
  const refusal = (value: string) => {
    try {
      return requireChoice('format', value, ['shorts'])
    } catch (error) {
      return String(error)
    }
  }
  expect(refusal('a\n\u001b[31mb\u202e')).toContain('cannot be “a [31mb”')
  expect(refusal('😀'.repeat(100))).toMatch(/“(😀)+…”/u)
})
