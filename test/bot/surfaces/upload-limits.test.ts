import { expect, it } from 'vitest'
import { progressBar } from '../../../src/bot/surfaces/progress-bar.ts'
import { UploadLimits } from '../../../src/bot/surfaces/upload-limits.ts'

it('takes the least of what the rules, an answer and a refusal say, place by place', () => {
  const limits = new UploadLimits()
  expect(limits.at('a', 100)).toBe(100)
  limits.said('a', 500)
  expect(limits.at('a', 100)).toBe(100)
  limits.said('a', 80)
  limits.refused('a', 40)
  expect([limits.at('a', 100), limits.at('b', 100)]).toEqual([40, 100])
  limits.accepted('a')
  expect(limits.at('a', 100)).toBe(80)
})

it('takes “none at all” for what it says', () => {
  const limits = new UploadLimits(60_000)
  limits.refused('a', 0)
  expect(limits.at('a', 100)).toBe(0)
})

it.each([
  [-1, '▱▱▱▱ 0%'],
  [0.999, '▰▰▰▱ 99%'],
  [1, '▰▰▰▰ 100%'],
  [7, '▰▰▰▰ 100%'],
])('draws %d as a bar that is full only at the end', (fraction, bar) => {
  expect(progressBar(fraction, 4)).toBe(bar)
})
