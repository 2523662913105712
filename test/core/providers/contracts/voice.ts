import { describe, expect, it } from 'vitest'
import type { SpeechRequest, VoiceProvider } from '../../../../src/core/model/providers.ts'
import { probeFile } from './probe-file.ts'
import { cancelled, inTime, type Made, useProvider } from './setup.ts'

const REQUEST: SpeechRequest = {
  text: 'Rivers carry a little salt to the sea, every single day.',
  language: 'en',
  voice: null,
  speed: 1,
}

/** The contract of every voice provider. */
export function describeVoiceProvider(name: string, make: () => Promise<Made<VoiceProvider>>): void {
  describe(`${name} as a voice provider`, () => {
    const { provider, file } = useProvider(make)

    it.each([
      ['English', REQUEST],
      ['Korean', { ...REQUEST, language: 'ko', text: '바다는 왜 짤까요? 강물이 소금을 조금씩 나릅니다.' }],
      ['one word', { ...REQUEST, text: 'Salt.' }],
      ['odd characters', { ...REQUEST, text: '“Salt” 🌊 & <b>3.5 %</b> — yes?\n\nNo: [[x]] {}' }],
      ['a quick voice', { ...REQUEST, speed: 2 }],
    ])('speaks %s', async (_what, request) => {
      const target = file()
      const { words } = await provider().speak(request, target, inTime())
      const { streams, format } = await probeFile(target)
      expect(streams.some(({ codec_type }) => codec_type === 'audio')).toBe(true)
      let last = { end: 0, to: 0 }
      for (const word of words ?? []) {
        expect(word.start).toBeGreaterThanOrEqual(last.end)
        expect(word.end).toBeGreaterThan(word.start)
        expect(word.end).toBeLessThanOrEqual(request.text.length)
        expect(word.from).toBeGreaterThanOrEqual(last.to)
        expect(word.to).toBeGreaterThan(word.from)
        last = word
      }
      // A streamed WAV doesn't know its length; then there is nothing to compare with.
      if (format.duration !== undefined && format.duration < 1000) {
        expect(format.duration).toBeGreaterThan(0.1)
        expect(last.to).toBeLessThanOrEqual(format.duration + 0.1)
      }
    })

    it('knows its pace in any language', () => {
      for (const language of ['en', 'ko', 'ja', 'de', 'tlh', '']) {
        expect(provider().pace(language)).toBeGreaterThan(1)
        expect(provider().pace(language)).toBeLessThan(30)
      }
    })

    it('has a fingerprint', () => {
      expect(provider().fingerprint.length).toBeGreaterThan(3)
    })

    it('ends with the reason when it is cancelled', async () => {
      const { signal, reason } = cancelled()
      await expect(provider().speak(REQUEST, file(), signal)).rejects.toBe(reason)
    })
  })
}
