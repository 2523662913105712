import { expect, it } from 'vitest'
import { numberedName } from '../../../../src/core/media/editing/file-names.ts'

it.each([
  ['Honey bees', '03-honey-bees.mp4'],
  ['Café “Crème” & co.', '03-cafe-creme-co.mp4'],
  // Titles in other scripts leave only the number: some systems and many editors misread such letters.
  ['꿀벌', '03.mp4'],
  ['Bees 꿀벌', '03.mp4'],
  ['../../etc/passwd', '03-etc-passwd.mp4'],
  ['CON', '03-con.mp4'],
  ['a:b*c?"<>|\\/', '03-a-b-c.mp4'],
  ['trailing dots...   ', '03-trailing-dots.mp4'],
  ['🐝', '03.mp4'],
  ['', '03.mp4'],
  ['a'.repeat(200), `03-${'a'.repeat(40)}.mp4`],
])('%j is a name that every system can read', (words, name) => {
  expect(numberedName(3, 9, words, 'mp4')).toBe(name)
})

it('sorts as the film goes', () => {
  expect(numberedName(7, 120, 'Tea', 'wav')).toBe('007-tea.wav')
})
