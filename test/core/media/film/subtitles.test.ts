import { expect, it } from 'vitest'
import { srtOf, vttOf } from '../../../../src/core/media/film/subtitles.ts'

const CUES = [
  { from: 0, to: 1233, lines: ['Café & <b>tea</b>', '-->'] },
  { from: 3_600_000 + 61_005, to: 3_600_000 + 62_000, lines: ['커피'] },
]

it('writes cues as SubRip', () => {
  expect(srtOf(CUES)).toBe(
    '1\n00:00:00,000 --> 00:00:01,233\nCafé & <b>tea</b>\n→\n\n2\n01:01:01,005 --> 01:01:02,000\n커피\n',
  )
  expect(srtOf([])).toBe('')
})

it('writes cues as WebVTT, and markup as text', () => {
  expect(vttOf(CUES)).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:01.233\nCafé &amp; &lt;b&gt;tea&lt;/b&gt;\n--&gt;\n\n01:01:01.005 --> 01:01:02.000\n커피\n',
  )
})
