import { expect, it } from 'vitest'
import { readmeOf } from '../../../../src/core/draft/editing/readme.ts'

it.each([
  ['en', 'The music of the video is not in here'],
  ['ko', '완성 영상의 음악은'],
] as const)('the text in a bundle says what has become of the music: %s', (language, lost) => {
  const said = (music: 'there' | 'none' | 'lost') => {
    const text = readmeOf(
      { language, title: 'Bees' },
      [{ name: 'Kim (Pexels)', url: 'https://a.test' }],
      music,
    )
    expect(text).toContain('clips/')
    expect(text).toContain('Kim (Pexels) https://a.test')
    return [text.includes('music/'), text.includes(lost)]
  }
  expect([said('there'), said('none'), said('lost')]).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ])
})
