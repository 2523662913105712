import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSealer } from '../../../src/core/model/sealer.ts'

const KEY = randomBytes(32)
const sealer = createSealer(() => KEY)

it('gives back what it was given, for the same thing only', () => {
  const sealed = sealer.seal('a token, 벌 🐝', 'account 1')
  expect(sealed).not.toContain('token')
  expect(sealer.open(sealed, 'account 1')).toBe('a token, 벌 🐝')
  expect(sealer.open(sealed, 'account 2')).toBeNull()
  expect(createSealer(() => Buffer.from(KEY)).open(sealed, 'account 1')).toBe('a token, 벌 🐝')
})

it('seals the same text differently each time', () => {
  expect(sealer.seal('x', 'y')).not.toBe(sealer.seal('x', 'y'))
})

it('opens nothing with another key, and nothing that was changed', () => {
  const sealed = sealer.seal('secret', 'about')
  expect(createSealer(() => randomBytes(32)).open(sealed, 'about')).toBeNull()
  const parts = sealed.split('.')
  for (const [index, part] of parts.entries()) {
    const changed = [...parts]
    changed[index] = part.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    expect([index, sealer.open(changed.join('.'), 'about')]).toEqual([index, null])
    changed[index] = ''
    expect([index, sealer.open(changed.join('.'), 'about')]).toEqual([index, null])
  }
  for (const rubbish of ['', 'v1', 'v1.x', 'x'.repeat(100)]) expect(sealer.open(rubbish, 'about')).toBeNull()
  // A truncated authentication tag would be easier to guess.
  const [version, name, nonce, tag = '', text] = parts
  expect(sealer.open([version, name, nonce, tag.slice(0, 6), text].join('.'), 'about')).toBeNull()
})
