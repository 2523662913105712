import { describe, expect, it } from 'vitest'
import { TEMPLATE_NAMES, templateOf } from '../../../../src/core/media/captions/templates.ts'
import { type FramingRequest, framings, leftOf } from '../../../../src/core/media/clip/framing.ts'
import { planShots, type ShotRequest } from '../../../../src/core/media/clip/shots.ts'
import { FORMAT_NAMES } from '../../../../src/core/model/formats.ts'
import { cutPlaces } from '../../../../src/core/providers/script/cut-places.ts'

const COFFEE =
  'Coffee was discovered by goats, or so the legend goes. Around the year 850, a herder noticed his flock dancing because they had eaten red berries.'
const KOREAN =
  '커피는 염소가 발견했다고 전해지는데, 목동이 붉은 열매를 먹고 춤추는 염소들을 보았습니다. 그래서 그 열매를 맛보았습니다.'

function request(text: string, seconds: number, longest: number, language = 'en'): ShotRequest {
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    from: (index / text.length) * seconds,
    to: ((index + word.length) / text.length) * seconds,
  }))
  const frames = Math.round(seconds * 30)
  return { text, words, breaks: cutPlaces(text, language), frames, speechEnd: seconds, longest }
}

function lengthsOf(starts: number[], frames: number): number[] {
  return starts.map((start, index) => (starts[index + 1] ?? frames) - start)
}

describe('planShots', () => {
  it.each([
    [COFFEE, 'en', 9],
    [KOREAN, 'ko', 8.5],
    ['word '.repeat(200), 'en', 70],
    ['x'.repeat(300), 'en', 20],
    ['', 'en', 30],
    ['コーヒーは山羊が見つけた、と伝えられている。赤い実を食べて踊っていたのだ。', 'ja', 11],
  ])('keeps every shot of “%s” short enough and long enough', (text, language, seconds) => {
    for (const longest of [2.4, 3, 3.5, 6]) {
      const asked = request(text, seconds, longest, language)
      const starts = planShots(asked)
      const lengths = lengthsOf(starts, asked.frames)
      expect(starts[0]).toBe(0)
      expect(Math.max(...lengths)).toBeLessThanOrEqual(longest * 30)
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(30)
    }
  })

  it('cuts where a clause begins', () => {
    const said = (text: string, seconds: number, longest: number, language: string) => {
      const asked = request(text, seconds, longest, language)
      return planShots(asked)
        .slice(1)
        .map((frame) => asked.words.find(({ from }) => Math.round(from * 30) === frame))
        .map((word) => word && text.slice(word.start, word.end))
    }
    expect(said(COFFEE, 9, 3.5, 'en')).toEqual(['or', 'a', 'because'])
    expect(said(COFFEE, 9, 6, 'en')).toEqual(['a'])
    expect(said(KOREAN, 8.5, 6, 'ko')).toEqual(['춤추는'])
  })

  it('leaves a short clip in one piece, and cuts a single word that is held for long', () => {
    expect(planShots(request('Short.', 3, 3.5))).toEqual([0])
    const held = { ...request('Long', 10, 3.5), words: [{ start: 0, end: 4, from: 0, to: 10 }] }
    expect(planShots(held)).toHaveLength(3)
  })
})

describe('templates', () => {
  it('never keep a shot for longer than 3.5 s in shorts and 6 s elsewhere; the calm ones cut least', () => {
    for (const format of FORMAT_NAMES) {
      const longest = (name: string) => templateOf(name).pace.longestShot[format]
      for (const name of TEMPLATE_NAMES)
        expect(longest(name)).toBeLessThanOrEqual(format === 'shorts' ? 3.5 : 6)
      expect(longest('news')).toBeGreaterThan(longest('clean'))
      expect(longest('minimal')).toBeGreaterThan(longest('clean'))
      expect(longest('clean')).toBeGreaterThan(longest('entertainment'))
    }
  })
})

describe('framings', () => {
  const asked: FramingRequest = {
    ...{ starts: [0, 80, 160, 240, 320], frames: 400, kind: 'image', seed: 'a', isOpening: false },
    ...{ close: 1.3, enlarged: 1, keepsWhole: false },
  }
  const KINDS = ['image', 'video'] as const

  it('shows something else after each cut', () => {
    for (const kind of KINDS)
      for (const seed of ['a', 'b', 'c', 'd']) {
        const shots = framings({ ...asked, kind, seed })
        shots.slice(1).forEach((shot, index) => {
          const before = shots[index]?.to
          expect(before).toBeDefined()
          expect(Math.abs(Math.log(shot.from.zoom / (before?.zoom ?? 1)))).toBeGreaterThan(Math.log(1.1))
        })
      }
  })

  it('does not come closer than looks sharp, nor so little that it looks like a mistake', () => {
    const closest = (enlarged: number) =>
      Math.max(...framings({ ...asked, kind: 'video', enlarged }).map(({ to }) => to.zoom))
    expect([0.5, 1, 1.78, 4].map(closest)).toEqual([1.3, 1.3, 2.25 / 1.78, 1.12])
  })

  it('keeps what is in the middle of the footage within the middle two thirds', () => {
    for (const kind of KINDS)
      for (const { from, to } of framings({ ...asked, kind }))
        for (const view of [from, to].filter(({ zoom }) => zoom > 1.15)) {
          const middle = (0.5 - leftOf(view) * (1 - 1 / view.zoom)) * view.zoom
          expect(Math.abs(middle - 0.5)).toBeLessThanOrEqual(1 / 6 + 0.001)
          expect(view.above).toBeLessThan(0.5)
        }
  })

  it('moves over pictures all the time, and over footage only while a film opens', () => {
    expect(framings(asked).every(({ from, to }) => from !== to)).toBe(true)
    const moving = (isOpening: boolean) =>
      framings({ ...asked, kind: 'video', isOpening }).map(({ from, to }) => from !== to)
    expect(moving(false)).toEqual([false, false, false, false, false])
    expect(moving(true)).toEqual([true, false, false, false, false])
  })

  it('cuts nothing off where something stands near the edges', () => {
    for (const isOpening of [true, false])
      for (const { from, to } of framings({ ...asked, isOpening, keepsWhole: true }))
        expect(Math.max(from.zoom, to.zoom)).toBeLessThanOrEqual(1.08)
  })
})
