import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SpeechRequest, WordTiming } from '../../../../../src/core/model/providers.ts'
import { createEspeakVoice } from '../../../../../src/core/providers/embedded/espeak/espeak.ts'

const voice = createEspeakVoice()
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'espeak-'))
})
afterAll(async () => {
  voice.close()
  await rm(folder, { recursive: true, force: true })
})

async function say(text: string, over: Partial<SpeechRequest> = {}) {
  const file = path.join(folder, 'speech.wav')
  const request = { text, language: 'en', voice: null, speed: 1, ...over }
  const speech = await voice.speak(request, file, new AbortController().signal)
  const data = await readFile(file)
  const samples = new Int16Array(data.buffer, data.byteOffset + 44, (data.length - 44) / 2)
  const words = speech.words ?? []
  return { words, samples, rate: data.readUInt32LE(24), seconds: samples.length / data.readUInt32LE(24) }
}

const spokenWords = (text: string, words: WordTiming[]) =>
  words.map((word) => text.slice(word.start, word.end))

function loudness(samples: Int16Array, rate: number, from: number, to: number): number {
  const part = samples.subarray(Math.floor(from * rate), Math.ceil(to * rate))
  return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length))
}

describe('word timings', () => {
  it.each([
    [
      'en',
      'He said “yes, please” — it’s $1,234.5, OK? 😀 Café in the U.S. and https://a.com/x?b=1&c=2 well-known end.',
    ],
    [
      'ko',
      '“안녕” 하고 말했다. 커피를 마셔요 그리고 이 사람이 마시고 AI가 3.5배 빨라요, 1,000원이에요! 나는 BTS를 좋아해 😀 네.',
    ],
    [
      'en',
      'Of the people, by the people - for the people… 10:30 a.m. No. 5 v2.0.1 e.g. “this” (maybe) & that.',
    ],
    ['en', '👩‍👩‍👧 Naïve 🇰🇷 façade\r\nÜber\tstraße 100% R&D 50°'],
    ['ar', 'مرحبا بالعالم، كيف الحال؟'],
  ])('has one for each word, in order and inside the audio (%s: %s)', async (language, text) => {
    const { words, seconds } = await say(text, { language })
    const expected = text
      .split(/\s+/)
      .map((word) => word.replace(/^[^\p{L}\p{N}$&]+|[^\p{L}\p{M}\p{N}%&°]+$/gu, ''))
      .filter((word) => word !== '')
    expect(spokenWords(text, words)).toEqual(expected)
    let last = { end: 0, to: 0 }
    for (const word of words) {
      expect(word.start).toBeGreaterThanOrEqual(last.end)
      expect(word.from).toBeGreaterThanOrEqual(last.to)
      expect(word.to).toBeGreaterThan(word.from)
      last = word
    }
    expect(last.to).toBeLessThanOrEqual(seconds)
  })

  it.each([
    ['en', 'Bananas. Daylight. Goodbye, tomorrow. Better now.'],
    ['ko', '바나나. 대나무. 감사합니다, 고구마. 도토리.'],
  ])(
    'agree with the sound: a word after a pause begins where the energy does (%s)',
    async (language, text) => {
      const { words, samples, rate } = await say(text, { language })
      const whole = loudness(samples, rate, 0, samples.length / rate)
      for (const [index, word] of words.entries()) {
        expect(loudness(samples, rate, word.from, word.to)).toBeGreaterThan(whole * 0.4)
        const next = words[index + 1]
        if (!next || next.from - word.to < 0.1) continue
        expect(loudness(samples, rate, word.to + 0.04, next.from - 0.02)).toBeLessThan(whole * 0.1)
        expect(loudness(samples, rate, next.from, next.from + 0.15)).toBeGreaterThan(whole * 0.2)
      }
    },
  )

  it('splits Japanese, which has no spaces, into words', async () => {
    const text = 'こんにちは世界。今日はいい天気です。'
    const { words } = await say(text, { language: 'ja' })
    expect(spokenWords(text, words)).toEqual(['こんにちは', '世界', '今日', 'は', 'いい', '天気', 'です'])
  })
})

describe('text', () => {
  it('is never taken as markup: no pause of three seconds, no phonemes', async () => {
    const plain = await say('Before time after.')
    const marked = await say('Before <break time="3s"/> after.')
    expect(marked.seconds - plain.seconds).toBeLessThan(2.5)
    const text = "One [[h@l'oU]] two &lt;b&gt; three <voice name='x'>four</voice>"
    expect(spokenWords(text, (await say(text)).words)).toEqual(
      expect.arrayContaining(['One', 'two', 'three']),
    )
  })

  it('of a heading, a list or emphasis is spoken without its marks', async () => {
    const marked = await say('# Title\n* one **two** _three_')
    const plain = await say('Title\none two three')
    expect(Math.abs(marked.seconds - plain.seconds)).toBeLessThan(0.4)
    expect(marked.words).toHaveLength(4)
  })

  it('of 2000 characters is spoken to its end', async () => {
    const text = 'word and another thing, '.repeat(84).slice(0, 2000)
    const { words, seconds } = await say(text)
    expect(words.length).toBe(text.trim().split(/\s+/).length)
    expect(seconds).toBeGreaterThan(80)
    expect(words.at(-1)?.to).toBeGreaterThan(seconds - 1)
  })

  it.each(['', '   ', '😀 — …', '!!!', '\u0000\u200b'])('without words is refused: %j', async (text) => {
    await expect(say(text)).rejects.toMatchObject({ name: 'ProviderError', provider: 'espeak' })
    await expect(say(text)).rejects.toThrow('nothing to read out')
  })
})

it('refuses a language that it does not have', async () => {
  await expect(say('Hello', { language: 'xx' })).rejects.toMatchObject({ failure: 'bad_answer' })
})

it('speaks with its own voice when it does not know the one that was asked for', async () => {
  const asked: string[] = []
  const watched = createEspeakVoice({
    ...voice.pool,
    run(task, signal) {
      asked.push(task.voice)
      return voice.pool.run(task, signal)
    },
  })
  for (const name of ['alloy', 'm3', null]) {
    const request = { text: 'Hello', language: 'en', voice: name, speed: 1 }
    await watched.speak(request, path.join(folder, 'speech.wav'), new AbortController().signal)
  }
  expect(asked).toEqual(['en-us+Annie', 'en-us+m3', 'en-us+Annie'])
})

it('takes a language with a region', async () => {
  expect((await say('Olá mundo', { language: 'pt-BR' })).words).toHaveLength(2)
})

it.each([
  [
    'en',
    'The river is long and old. It feeds the fields, it turns the mills, and it carries boats to the sea.',
  ],
  ['ko', '강은 길고 오래되었습니다. 강은 들판을 적시고, 물레방아를 돌리고, 배를 바다로 실어 나릅니다.'],
])('speaks at about the pace it says (%s), times the speed', async (language, text) => {
  const normal = await say(text, { language })
  expect(text.length / normal.seconds / voice.pace(language)).toBeGreaterThan(0.85)
  expect(text.length / normal.seconds / voice.pace(language)).toBeLessThan(1.15)
  const fast = await say(text, { language, speed: 2 })
  expect(normal.seconds / fast.seconds).toBeGreaterThan(1.6)
})
