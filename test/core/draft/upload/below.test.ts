import { expect, it } from 'vitest'
import { belowOf, chaptersOf } from '../../../../src/core/draft/upload/below.ts'
import { segmentRow } from '../../../factories/rows.ts'

const lasting = (seconds: number, keyword = 'word') =>
  segmentRow({ duration: seconds, ttsDuration: 1, keyword })
const chapters = (...seconds: number[]) =>
  chaptersOf(seconds.map((each, index) => lasting(each, `part ${index}`))).map(({ start, title }) => [
    start,
    title,
  ])

it('has chapters where at least three segments are long enough', () => {
  expect(chapters(12, 10, 15)).toEqual([
    [0, 'part 0'],
    [12, 'part 1'],
    [22, 'part 2'],
  ])
  expect(chapters(12, 15)).toEqual([])
  expect(chapters(3, 4, 5, 3, 4, 5)).toEqual([])
  expect(chapters(12, 12, 9)).toEqual([])
})

it('lets short segments belong to the chapter before, and a short beginning take in what follows', () => {
  expect(chapters(4, 12, 12, 3, 12)).toEqual([
    [0, 'part 0'],
    [16, 'part 2'],
    [31, 'part 4'],
  ])
})

it('begins no chapter before its segment, and none shorter than ten seconds', () => {
  for (const length of [10, 10.03, 10.5, 10.97]) {
    const found = chapters(length, length, length, 12)
    for (const [index, [start]] of found.entries())
      expect(Number(start)).toBeGreaterThanOrEqual(index * length - 0.001)
    for (const [index, [start]] of found.slice(1).entries())
      expect(Number(start) - Number(found[index]?.[0])).toBeGreaterThanOrEqual(10)
  }
})

it('credits everybody once, in the language of the video', () => {
  const by = (videoAuthor: string | null, videoProvider: string, videoPageUrl: string | null = null) =>
    segmentRow({ videoAuthor, videoProvider, videoPageUrl })
  const segments = [
    by('Kim', 'pexels', 'https://p.example/1'),
    by(null, 'drawn'),
    by('Kim', 'pexels', 'https://p.example/1'),
  ]
  const music = { provider: 'folder', title: 'Song', author: 'Park' }
  expect(belowOf({ language: 'ko' }, segments, music)).toMatchObject({
    creditsTitle: '출처',
    credits: [
      { name: 'Kim (Pexels)', url: 'https://p.example/1' },
      { name: 'Song – Park (Team music folder)', url: null },
    ],
  })
})
