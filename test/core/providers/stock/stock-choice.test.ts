import { describe, expect, it } from 'vitest'
import type { FootageCandidate } from '../../../../src/core/model/providers.ts'
import {
  chooseRendition,
  languageOf,
  MAX_VIDEO_BYTES,
  rankVideos,
  searchWords,
} from '../../../../src/core/providers/stock/stock-choice.ts'
import { FOOTAGE_QUERY } from '../contracts/footage.ts'

const rendition = (width: number, height: number, size: number | null = null) => ({
  url: `https://videos.example/${width}x${height}-${size}`,
  width,
  height,
  size,
})

describe('chooseRendition', () => {
  it('takes the smallest file that covers the frame', () => {
    const files = [rendition(3840, 2160), rendition(1280, 720), rendition(1920, 1080), rendition(2560, 1440)]
    expect(chooseRendition(files, 'landscape')).toMatchObject({ width: 1920 })
    expect(chooseRendition(files, 'shorts')).toMatchObject({ width: 3840 })
    expect(chooseRendition(files, 'square')).toMatchObject({ width: 1920 })
  })

  it('takes the largest when none covers it', () => {
    expect(chooseRendition([rendition(640, 360), rendition(1280, 720)], 'landscape')).toMatchObject({
      width: 1280,
    })
  })

  it('takes the smaller of two files with as many pixels', () => {
    const both = [rendition(1920, 1080, 9000), rendition(1920, 1080, 5000)]
    expect(chooseRendition(both, 'landscape')).toMatchObject({ size: 5000 })
    expect(chooseRendition(both, 'shorts')).toMatchObject({ size: 5000 })
  })

  it('leaves out what may not be downloaded or has no size or address', () => {
    const files = [
      rendition(1920, 1080, MAX_VIDEO_BYTES + 1),
      rendition(0, 0),
      { ...rendition(1920, 1080), url: '' },
    ]
    expect(chooseRendition(files, 'landscape')).toBeNull()
    expect(chooseRendition([...files, rendition(320, 180)], 'landscape')).toMatchObject({ width: 320 })
    expect(chooseRendition([], 'landscape')).toBeNull()
  })
})

describe('rankVideos', () => {
  const video = (id: string, width: number, height: number, duration: number): FootageCandidate => ({
    provider: 'stock',
    id,
    kind: 'video',
    previewUrl: null,
    downloadUrl: null,
    width,
    height,
    duration,
    author: null,
    pageUrl: null,
    title: id,
  })

  it('prefers length, then orientation, then size, then the given order', () => {
    const videos = [
      video('short', 1080, 1920, 1),
      video('wide', 3840, 2160, 9),
      video('small', 540, 960, 9),
      video('first', 1080, 1920, 5),
      video('second', 1080, 1920, 9),
    ]
    const ranked = rankVideos(videos, { ...FOOTAGE_QUERY, minDuration: 5 })
    expect(ranked.map(({ id }) => id)).toEqual(['first', 'second', 'small', 'wide', 'short'])
  })

  it('takes a video that is nearly long enough only when none is', () => {
    const videos = [
      video('short', 1080, 1920, 3),
      video('nearly', 1080, 1920, 5.5),
      video('long', 540, 960, 12),
    ]
    const ranked = rankVideos(videos, { ...FOOTAGE_QUERY, minDuration: 6 })
    expect(ranked.map(({ id }) => id)).toEqual(['long', 'nearly', 'short'])
  })
})

describe('searchWords', () => {
  const words = (query: string, keyword = '', max = 20) =>
    searchWords({ ...FOOTAGE_QUERY, query, keyword }, max)

  it('is one line of whole words', () => {
    expect(words('  stormy \n sea\u0000 ')).toBe('stormy sea')
    expect(words('stormy sea at midnight')).toBe('stormy sea at')
    expect(words('stormy sea at night!')).toBe('stormy sea at night!')
    expect(words('x'.repeat(50))).toHaveLength(20)
    expect(words('🌊'.repeat(30), '', 21)).toBe('🌊'.repeat(10))
  })

  it('is the keyword when there is no query', () => {
    expect(words(' ', 'sea')).toBe('sea')
    expect(words('', '')).toBe('')
  })
})

it('languageOf knows scripts, not languages', () => {
  expect(['바다 sea', 'うみ', '海', 'sea', '123'].map(languageOf)).toEqual(['ko', 'ja', 'zh', null, null])
})
