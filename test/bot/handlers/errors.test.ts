import { pino } from 'pino'
import { expect, it } from 'vitest'
import { sentenceFor } from '../../../src/bot/thread/sentences.ts'
import { en } from '../../../src/bot/words/en.ts'
import { ko } from '../../../src/bot/words/ko.ts'

it('says that something took too long instead of giving a reference', async () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  const error = await new Promise((resolve) => {
    const signal = AbortSignal.timeout(1)
    signal.addEventListener('abort', () => resolve(signal.reason))
  })
  for (const words of [en, ko]) expect(sentenceFor({ log }, words, error)).toBe(words.tookTooLong)
  expect(lines).toEqual([])
})
