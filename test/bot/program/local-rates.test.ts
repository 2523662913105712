import { expect, it } from 'vitest'
import { LocalRates } from '../../../src/bot/program/local/rates.ts'

it('lets a burst through, and after that so many a second, for each alone', () => {
  let now = 0
  const rates = new LocalRates(() => now)
  const taken = (who: string, times: number) =>
    Array.from({ length: times }, () => rates.take(who)).filter((wait) => wait === 0).length
  expect(taken('one', 200)).toBe(120)
  expect(rates.take('one')).toBeCloseTo(0.1)
  expect(taken('another', 1)).toBe(1)
  now = 1000
  expect(taken('one', 200)).toBe(10)
  now = 3_600_000
  expect(taken('one', 200)).toBe(120)
})
