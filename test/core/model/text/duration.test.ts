import { describe, expect, it } from 'vitest'
import { secondsIn } from '../../../../src/core/model/text/duration.ts'

describe('a length of time', () => {
  it.each([
    ['2 min', 120],
    ['1:30', 90],
    ['90s', 90],
    ['90', 90],
    ['1.5 minutes', 90],
    ['2분', 120],
    ['1분 30초', 90],
    [' 12.5 ', 12.5],
    ['12,5 s', 12.5],
    ['1m30s', 90],
    ['1m30', 90],
    ['1 minute and 30 seconds', 90],
    ['a minute and a half', 90],
    ['half a minute', 30],
    ['1½ min', 90],
    ['2-minute', 120],
    ['0:45', 45],
    ['1:02:03', 3723],
    ['1 시간', 3600],
    ['1분 반', 90],
    ['약 90초 정도', 90],
    ['90초간', 90],
    ['９０초', 90],
    ['90sec.', 90],
    ['1’30”', 90],
    ['1,000', 1000],
    ['-3', -3],
  ])('“%s” is %d seconds', (typed, seconds) => {
    expect(secondsIn(typed)).toBe(seconds)
  })

  it.each(['', 'soon', 'minute', '1:75', '1:3', '30s 1m', '2m90', '2 min of bees', '1e3', '٣', '90 bees'])(
    'is not “%s”',
    (typed) => {
      expect(secondsIn(typed)).toBeNull()
    },
  )
})
