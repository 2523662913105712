import { describe, expect, it } from 'vitest'
import type { Caption } from '../../../../src/core/media/captions/captions.ts'
import { letteringWindow } from '../../../../src/core/media/captions/lettering-window.ts'

/** A caption with these words in the frames [from, to). */
function caption(text: string, from: number, to: number): Caption {
  const words = text.split(' ').map((word) => ({ text: word, x: 0, width: 1, from, to, start: 0, end: 0 }))
  return { from, to, lines: [{ words, width: 1 }], scale: 1 }
}

describe('large words', () => {
  it('come at once where no caption says them soon', () => {
    const captions = [caption('Bees dance in', 0, 60), caption('the dark hive.', 60, 150)]
    expect(letteringWindow('Hive', captions, 150)).toEqual({ from: 0, to: 54 })
    expect(letteringWindow('Honey', captions, 150)).toEqual({ from: 0, to: 54 })
    expect(letteringWindow('Honey', [], 150)).toEqual({ from: 0, to: 54 })
  })

  it('come later where a caption says them first, in other forms too', () => {
    const captions = [caption('Bees dance in', 0, 60), caption('the dark hive.', 60, 150)]
    for (const words of ['Bees', 'bee dance', 'DANCE'])
      expect(letteringWindow(words, captions, 150)).toEqual({ from: 60, to: 114 })
    const korean = [caption('고양이는 하루에', 0, 60), caption('열여섯 시간을 잡니다.', 60, 150)]
    expect(letteringWindow('고양이', korean, 150)).toEqual({ from: 60, to: 114 })
  })

  it('are left out where captions say them all the time, or there is no time', () => {
    expect(letteringWindow('cold brew', [caption('Cold brew takes hours.', 0, 150)], 150)).toBeNull()
    expect(
      letteringWindow('Bees', [caption('Bees dance', 0, 60), caption('alone.', 60, 100)], 100),
    ).toBeNull()
    expect(letteringWindow('🐝', [], 150)).toBeNull()
  })

  it('stay to the end of a clip that is over soon after', () => {
    expect(letteringWindow('Honey', [], 60)).toEqual({ from: 0, to: 60 })
    expect(letteringWindow('Honey', [], 30)).toEqual({ from: 0, to: 30 })
  })

  it('may say in figures what is said in words', () => {
    expect(letteringWindow('12 %', [caption('grew by twelve percent', 0, 150)], 150)).toEqual({
      from: 0,
      to: 54,
    })
    expect(letteringWindow('$5', [caption('It costs $5 a jar', 0, 150)], 150)).toBeNull()
  })
})
