import { expect, it } from 'vitest'
import { filesBeside, filmAndBeside, filmOf, isBesideFilm } from '../../../src/core/model/film-files.ts'

const FILM = 'videos/draft_20260101_000000_ab-job_20260101_000001_cd.mp4'

it('finds what lies beside a film, and the film of what lies there', () => {
  const { subtitles, webSubtitles, poster } = filesBeside(FILM)
  expect(subtitles).toBe('videos/draft_20260101_000000_ab-job_20260101_000001_cd.srt')
  expect(filmAndBeside(FILM)).toEqual([FILM, subtitles, webSubtitles, poster])
  for (const file of [subtitles, webSubtitles, poster]) {
    expect(isBesideFilm(file)).toBe(true)
    expect(filmOf(file)).toBe(FILM)
  }
  for (const file of [FILM, 'previews/ab/abc.jpg', 'footage/ab/abc.mp4']) {
    expect(isBesideFilm(file)).toBe(false)
    expect(filmOf(file)).toBe(file)
  }
})
