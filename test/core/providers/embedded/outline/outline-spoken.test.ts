import { readFile } from 'node:fs/promises'
import { afterAll, expect, it } from 'vitest'
import { piecesOf } from '../../../../../src/core/media/captions/caption-text.ts'
import { captionFont } from '../../../../../src/core/media/captions/fonts.ts'
import { trimSpeech } from '../../../../../src/core/media/voice/speech-audio.ts'
import { SAMPLE_RATE } from '../../../../../src/core/model/formats.ts'
import { createEspeakVoice } from '../../../../../src/core/providers/embedded/espeak/espeak.ts'
import { createOutlineWriter } from '../../../../../src/core/providers/embedded/outline/outline.ts'
import { temporaryFolder } from '../../../../factories/folder.ts'

/** The samples of a WAV file, at the sample rate of all voices. */
function samplesIn(wav: Buffer): Int16Array {
  const step = wav.readUInt32LE(24) / SAMPLE_RATE
  const length = Math.floor((wav.length - 44) / 2 / step)
  return Int16Array.from({ length }, (_, index) => wav.readInt16LE(44 + 2 * Math.floor(index * step)))
}

const voice = createEspeakVoice()
afterAll(() => voice.close())

it.each([
  ['en', 'Why the sky is blue', 15],
  ['en', 'The 1969 moon landing', 20],
  ['en', 'Bread', 60],
  ['ko', '하늘이 파란 이유', 15],
  ['ko', '왜 우리는 꿈을 꿀까요?', 20],
  ['ko', '빵', 60],
])(
  'an outline (%s, %s) is spoken in %i s, within 10 percent, with its hints',
  async (language, topic, wanted) => {
    const { signal } = new AbortController()
    const folder = await temporaryFolder()
    const asked = { topic, style: null, language, format: 'shorts' as const, targetDuration: wanted }
    const { segments } = await createOutlineWriter().write(
      { ...asked, charactersPerSecond: voice.pace(language) },
      signal,
    )
    let seconds = 0
    for (const { text } of segments) {
      const file = `${folder}/one.wav`
      const { words } = await voice.speak({ text, language, voice: null, speed: 1 }, file, signal)
      seconds += (trimSpeech(samplesIn(await readFile(file)))?.samples.length ?? 0) / SAMPLE_RATE
      const blank = /\[((?:Your|채울) \S+:)/.exec(text)
      if (!blank) continue
      // The blank's purpose is spoken, and its brackets are shown.
      const heard = (words ?? []).map(({ start, end }) => text.slice(start, end)).join(' ')
      for (const word of (blank[1] ?? '').replace(':', '').split(' ')) expect(heard).toContain(word)
      const shown = piecesOf(text, captionFont('Bold'), null).map((piece) => piece.text)
      expect(shown.join(' ')).toContain(blank[0])
    }
    expect(Math.abs(seconds / wanted - 1)).toBeLessThanOrEqual(0.1)
  },
)
