import { describe, expect, it } from 'vitest'
import {
  correction,
  indexAt,
  lengthOf,
  type Part,
  sameMoment,
  wantedAt,
} from '../../../../../src/bot/surfaces/web/client/player/parts.ts'

/** Segments of the given lengths in seconds, by id. */
function film(...lengths: [id: number, seconds: number][]): Part[] {
  let at = 0
  return lengths.map(([id, seconds]) => {
    const from = at
    at += seconds
    return { id, from, to: at, clip: `clip ${id}`, still: null, voice: null, text: '' }
  })
}

const FILM = film([1, 2], [2, 3], [3, 1])

describe('the film as the player has it', () => {
  it('shows at each moment the segment that has begun, and the last one at the end', () => {
    expect([0, 1.99, 2, 4.99, 5, 6, 9].map((time) => indexAt(FILM, time))).toEqual([0, 0, 1, 1, 2, 2, 2])
    expect(indexAt([], 0)).toBe(-1)
    expect(lengthOf(FILM)).toBe(6)
  })

  it('stays at the same place of the same segment when others become longer, come or move', () => {
    expect(sameMoment(FILM, film([1, 5], [2, 3], [3, 1]), 3)).toBe(6)
    expect(sameMoment(FILM, film([4, 2], [1, 2], [2, 3], [3, 1]), 3)).toBe(5)
    expect(sameMoment(FILM, film([2, 3], [1, 2], [3, 1]), 3)).toBe(1)
  })

  it('is at the end of a segment that has become shorter, and of the one before one that is gone', () => {
    expect(sameMoment(FILM, film([1, 2], [2, 0.5], [3, 1]), 4.9)).toBe(2.5)
    expect(sameMoment(FILM, film([1, 2], [3, 1]), 4)).toBe(2)
    expect(sameMoment(FILM, film([2, 3], [3, 1]), 1)).toBe(0)
    expect(sameMoment([], FILM, 4)).toBe(0)
  })

  it('has what comes next ready, then what was before', () => {
    const five = film([1, 1], [2, 1], [3, 1], [4, 1], [5, 1])
    expect(wantedAt(five, 2).map(({ id }) => id)).toEqual([3, 4, 2, 5])
    expect(wantedAt(five, 0).map(({ id }) => id)).toEqual([1, 2, 3])
    expect(wantedAt(five, 4).map(({ id }) => id)).toEqual([5, 4])
  })
})

it('brings a picture to where the sound is: not at all, a little faster or slower, or by a jump', () => {
  expect(correction(1, 1.01)).toEqual({ rate: 1 })
  expect(correction(1, 1.1)).toEqual({ rate: 1.08 })
  expect(correction(1, 0.9)).toEqual({ rate: 0.92 })
  expect(correction(1, 4)).toEqual({ seek: 4 })
})
