import { expect, it } from 'vitest'
import { figureIn } from '../../../../src/core/providers/script/figure.ts'

it.each([
  ['The market grew by 12 % last year.', '12 %'],
  ['It costs $9.3 billion to build.', '$9.3 billion'],
  ['A jar costs $5.', '$5'],
  ['Cats sleep 16 hours a day.', '16 hours'],
  ['In 1969, two people stood on the moon.', '1969'],
  ['Light travels 299,792 km every second.', '299,792 km'],
  ['면적은 605.2㎢이다.', '605.2㎢'],
  ['하루에 16시간을 잡니다.', '16시간'],
  ['3,000명이 넘는 사람이 모였다.', '3,000명'],
  ['가격은 ₩12,500입니다.', '₩12,500'],
  ['1억 원짜리 집', '1억 원'],
  ['섭씨 25℃가 넘는다', '25℃'],
  ['First 100 times, then $5.', '$5'],
])('finds what counts in %j: %s', (text, figure) => {
  expect(figureIn(text)).toBe(figure)
})

it.each([
  'Bees dance to talk.',
  'GPT-4 and MP3 players, B2B, H2O.',
  'See https://example.com/2026/11 or write to me2000@example.com.',
  'At 3:15 we met.',
  'Version 2.0.1-beta is out: v2.0.1.',
  'There are 3.',
  '',
])('finds none in %j', (text) => {
  expect(figureIn(text)).toBeNull()
})
