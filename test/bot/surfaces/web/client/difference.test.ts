import { expect, it } from 'vitest'
import { differenceOf } from '../../../../../src/bot/surfaces/web/client/history/difference.ts'

const marked = (before: string, after: string) =>
  differenceOf(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `[+${text}+]`))
    .join('')

it('tells what is gone and what is new, word by word', () => {
  expect(marked('Tea grows on hills.', 'Tea grows on misty hills.')).toBe('Tea grows on [+misty +]hills.')
  expect(marked('A b c', 'A x c')).toBe('A [-b -][+x +]c')
  expect(marked('', 'New')).toBe('[+New+]')
  expect(marked('Same', 'Same')).toBe('Same')
  expect(marked('차는 산에서 자란다', '차는 높은 산에서 자란다')).toBe('차는 [+높은 +]산에서 자란다')
})

it('holds both texts whole, whatever they are', () => {
  const texts = ['', ' ', 'a  b\nc', 'b a c a b', 'x '.repeat(900), 'c b a']
  for (const before of texts)
    for (const after of texts) {
      const pieces = differenceOf(before, after)
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join('')
      expect(without('new')).toBe(before)
      expect(without('gone')).toBe(after)
    }
})
