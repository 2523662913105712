import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import embedded from '@ffmpeg-installer/ffmpeg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { findFfmpeg } from '../../../../src/core/media/ffmpeg/ffmpeg.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { makeVoiceFile } from '../../../../src/core/media/voice/voice-file.ts'
import { wavFile as wavOf } from '../../../../src/core/media/voice/wav-header.ts'
import { SAMPLE_RATE, SAMPLES_PER_FRAME } from '../../../../src/core/model/formats.ts'
import type { SpeechRequest, VoiceProvider, WordTiming } from '../../../../src/core/model/providers.ts'
import { createEspeakVoice } from '../../../../src/core/providers/embedded/espeak/espeak.ts'
import { onDisk } from '../../../factories/on-disk.ts'

const ffmpeg = await findFfmpeg({ ffmpegPath: embedded.path })
const espeak = createEspeakVoice()
const folders: string[] = []
let store = new LocalStore(os.tmpdir())
beforeEach(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'voice-file-'))
  folders.push(folder)
  store = new LocalStore(folder)
})
afterAll(async () => {
  espeak.close()
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
})

const never = new AbortController().signal
const request = (text: string, language = 'en'): SpeechRequest => ({ text, language, voice: null, speed: 1 })

function make(provider: VoiceProvider, of: SpeechRequest, take = 0, signal = never) {
  return makeVoiceFile({ ffmpeg, store, provider, request: of, take, signal })
}

async function samplesOf(relative: string): Promise<Int16Array> {
  const data = await readFile(onDisk(store, relative))
  expect(data.toString('latin1', 36, 40)).toBe('data')
  expect(data.readUInt32LE(24)).toBe(SAMPLE_RATE)
  expect(data.readUInt32LE(40)).toBe(data.length - 44)
  return new Int16Array(data.buffer.slice(data.byteOffset + 44, data.byteOffset + data.length))
}

/** A voice that answers with the given bytes. */
function answering(bytes: Buffer, words: WordTiming[] | null = null): VoiceProvider & { calls: number } {
  return {
    name: 'fake',
    fingerprint: '1',
    calls: 0,
    pace: () => 14,
    async speak(_request, file) {
      this.calls++
      await writeFile(file, bytes)
      return { words, usage: [{ provider: 'fake', model: 'm', characters: 3 }] }
    },
  }
}

/** A hum (true) or silence (false), each for the given number of seconds, one after another. */
const wavFile = (samples: Int16Array) => wavOf(samples, SAMPLE_RATE)

function hum(...parts: [boolean, number][]): Int16Array {
  const lengths = parts.map(([, seconds]) => Math.round(seconds * SAMPLE_RATE))
  const samples = new Int16Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const [index, [on]] of parts.entries()) {
    const length = lengths[index] ?? 0
    for (let i = 0; on && i < length; i++)
      samples[at + i] = Math.round(8000 * Math.sin((i * 2 * Math.PI * 220) / SAMPLE_RATE))
    at += length
  }
  return samples
}

const firstSound = (samples: Int16Array) => {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return samples.findIndex((sample) => Math.abs(sample) > peak * 0.01) / SAMPLE_RATE
}

describe('the file', () => {
  it.each([
    ['en', 'Bananas are yellow, and daylight is free. Goodbye!'],
    ['ko', '바나나는 노란색이고, 햇빛은 공짜예요. 감사합니다!'],
  ])('is a whole number of frames, starts with speech and ends with quiet (%s)', async (language, text) => {
    const voice = await make(espeak, request(text, language))
    const samples = await samplesOf(voice.path)
    expect(samples.length % SAMPLES_PER_FRAME).toBe(0)
    expect(voice.duration).toBe(samples.length / SAMPLE_RATE)
    expect(firstSound(samples)).toBeLessThanOrEqual(0.02)
    const tail = samples.subarray(-SAMPLE_RATE * 0.2)
    expect(tail.every((sample) => Math.abs(sample) < 200)).toBe(true)
    expect(voice.words.map((word) => text.slice(word.start, word.end)).join(' ')).toBe(
      text.replace(/[,.!]/g, ''),
    )
    expect(voice.words[0]?.from).toBeLessThan(0.05)
    expect(voice.words.at(-1)?.to).toBeLessThanOrEqual(voice.duration - 0.2)
  })

  it('loses the silence around the speech, and the word times move with it', async () => {
    const words = [
      { start: 0, end: 3, from: 1.5, to: 2 },
      { start: 4, end: 7, from: 2, to: 2.5 },
    ]
    const provider = answering(wavFile(hum([false, 1.5], [true, 1], [false, 3])), words)
    const voice = await make(provider, request('one two'))
    expect(firstSound(await samplesOf(voice.path))).toBeLessThanOrEqual(0.02)
    expect(voice.duration).toBeGreaterThan(1.24)
    expect(voice.duration).toBeLessThan(1.31)
    expect(voice.words[0]?.from).toBeCloseTo(0.015, 2)
    expect(voice.words[1]?.to).toBeCloseTo(1.015, 2)
  })

  it('is brought to the tempo that the provider could not make, with its word times', async () => {
    const words = [{ start: 0, end: 5, from: 1, to: 3 }]
    const sound = answering(wavFile(hum([false, 1], [true, 2])), words)
    const hurried: VoiceProvider = {
      ...sound,
      speak: async (...asked) => ({ ...(await sound.speak(...asked)), tempo: 2 }),
    }
    const voice = await make(hurried, request('hurry'))
    expect(voice.duration).toBeGreaterThan(1.1)
    expect(voice.duration).toBeLessThan(1.4)
    expect(voice.words[0]?.from).toBeCloseTo(0, 1)
    expect(voice.words[0]?.to).toBeCloseTo(1, 1)
  })

  it('has the same loudness whatever the provider made', async () => {
    const loud = hum([true, 1])
    const quiet = loud.map((sample) => sample / 12)
    const rms = async (samples: Int16Array) => {
      const voice = await make(answering(wavFile(samples)), request(`a word ${samples[50]}`))
      const made = (await samplesOf(voice.path)).subarray(4800, 43_200)
      return Math.sqrt(made.reduce((sum, sample) => sum + sample * sample, 0) / made.length)
    }
    expect((await rms(quiet)) / (await rms(loud))).toBeCloseTo(1, 1)
  })
})

describe('word times that the provider does not report', () => {
  it('are held fast at the pauses of the sound', async () => {
    const text = 'The first sentence is quite a long one. Short. And the last one again takes longer.'
    const audio = wavFile(hum([true, 2.4], [false, 0.34], [true, 0.5], [false, 0.5], [true, 2]))
    const { words } = await make(answering(audio), request(text))
    const at = (word: string) => words.find(({ start, end }) => text.slice(start, end) === word)
    expect(at('one')?.to).toBeCloseTo(2.4, 1)
    expect(at('Short')?.from).toBeCloseTo(2.74, 1)
    expect(at('Short')?.to).toBeCloseTo(3.24, 1)
    // The second pause is shortened to the one between two segments.
    expect(at('And')?.from).toBeCloseTo(3.54, 1)
    expect(words).toHaveLength(text.split(' ').length)
  })

  it.each([
    [
      'en',
      'Every morning, people drink coffee. It tastes bitter, it smells wonderful, and it wakes us up. Why?',
    ],
    ['ko', '매일 아침 사람들이 커피를 마십니다. 맛은 쓰지만, 향기가 좋고 우리를 깨워 줍니다. 왜 그럴까요?'],
    [
      'en',
      'There are 1,000,000,000 stars in view, and the deal is worth $1,299,450.75 to the people of the town.',
    ],
    ['en', 'Read https://www.example.com/a/b?c=1 before you call 555-123-4567 at 3:30 p.m. on Monday.'],
    ['en', '5 < 6 and 10–20 people paid £3.50 each for 2½ kg of apples on 2026-11-28.'],
    ['ko', '면적은 605.2㎢이다. 모두 10,000,000명이 살고, 가격은 $1,299,450.75입니다.'],
    ['ko', '자세한 내용은 https://www.example.com/a/b 에서 오후 3시 15분까지 볼 수 있습니다.'],
    ['es', 'Hay 1.000.000.000 estrellas y el precio es de 1.299.450,75 euros en total.'],
  ])('are close to those of a voice that does (%s)', async (language, text) => {
    const recording = path.join(store.root, 'spoken.wav')
    const recorded: VoiceProvider = {
      ...espeak,
      speak: async (asked, file, signal) => {
        const speech = await espeak.speak(asked, file, signal)
        await copyFile(file, recording)
        return speech
      },
    }
    const real = await make(recorded, request(text, language))
    const silentAboutWords: VoiceProvider = {
      ...espeak,
      name: 'wordless',
      async speak(_asked, file) {
        await copyFile(recording, file)
        return { words: null, usage: [] }
      },
    }
    const guessed = await make(silentAboutWords, request(text, language))
    expect(guessed.words.map(({ start }) => start)).toEqual(real.words.map(({ start }) => start))
    const errors = guessed.words.map((word, i) => Math.abs(word.from - (real.words[i]?.from ?? 0)))
    expect(Math.max(...errors)).toBeLessThan(0.3)
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.15)
  })

  it('are estimated too when the reported ones make no sense', async () => {
    const nonsense = [
      { start: 4, end: 7, from: 0, to: 1 },
      { start: 0, end: 99, from: 1, to: 2 },
    ]
    const { words } = await make(answering(wavFile(hum([true, 1])), nonsense), request('one two'))
    expect(words.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [4, 7],
    ])
  })
})

describe('a text with figures', () => {
  it('is given to the voice in words, and timed by its written ones', async () => {
    const asked: string[] = []
    const sound = answering(wavFile(hum([true, 4])), [
      { start: 0, end: 4, from: 0, to: 1 },
      { start: 5, end: 12, from: 1, to: 3 },
      { start: 13, end: 16, from: 3, to: 4 },
    ])
    const voice: VoiceProvider = {
      ...sound,
      speak: (said, ...rest) => {
        asked.push(said.text)
        return sound.speak(said, ...rest)
      },
    }
    const text = '$5 now'
    const { words } = await make(voice, request(text))
    expect(asked).toEqual(['five dollars now'])
    expect(
      words.map(({ start, end, from, to }) => [text.slice(start, end), Math.round(from), Math.round(to)]),
    ).toEqual([
      ['$5', 0, 3],
      ['now', 3, 4],
    ])
  })

  it('is another recording when the workspace wants something said in another way, and only then', async () => {
    const provider = answering(wavFile(hum([true, 1])))
    const of = (pronunciations: { written: string; spoken: string }[], text: string) =>
      makeVoiceFile({ ffmpeg, store, provider, request: request(text), pronunciations, signal: never })
    const rushes = [{ written: 'Rushes', spoken: 'rush is' }]
    await of([], 'Rushes is here')
    await of(rushes, 'Rushes is here')
    await of(rushes, 'Rushes is here')
    expect(provider.calls).toBe(2)
    await of([], 'hello')
    await of(rushes, 'hello')
    expect(provider.calls).toBe(3)
  })
})

describe('the cache', () => {
  it('speaks the same request once, even at the same time, and another take again', async () => {
    const provider = answering(wavFile(hum([true, 1])))
    const [first, second] = await Promise.all([
      make(provider, request('hello')),
      make(provider, request('hello')),
    ])
    const third = await make(provider, request('hello'))
    expect(provider.calls).toBe(1)
    expect([second?.path, third.path]).toEqual([first?.path, first?.path])
    expect(third.words).toEqual(first?.words)
    expect([first?.usage.length, third.usage.length]).toContain(0)
    await make(provider, request('hello'), 1)
    await make(provider, request('hallo'))
    await make({ ...provider, fingerprint: '2' }, request('hello'))
    expect(provider.calls).toBe(3)
  })

  it('makes a sound again that was removed', async () => {
    const provider = answering(wavFile(hum([true, 1])))
    const { path: file } = await make(provider, request('hello'))
    await rm(onDisk(store, file))
    expect((await make(provider, request('hello'))).path).toBe(file)
    expect(await store.has(file)).toBe(true)
  })
})

describe('a bad answer', () => {
  const one = hum([true, 1])
  it.each([
    ['empty', Buffer.alloc(0), 'empty'],
    ['silent', wavFile(hum([false, 1])), 'silent'],
    ['a web page', Buffer.from('<html>Too many requests</html>'), 'decoded'],
    ['a sound cut off in its header', wavFile(one).subarray(0, 20), 'decoded'],
    [
      'a playlist',
      Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttps://127.0.0.1:9/a.ts\n'),
      'decoded',
    ],
    ['longer than ten minutes', wavFile(new Int16Array(SAMPLE_RATE * 602).fill(900)), '10 minutes'],
  ])('%s is refused, and nothing is left behind', async (_name, bytes, sentence) => {
    const failing = make(answering(bytes), request('hello'))
    await expect(failing).rejects.toMatchObject({ name: 'ProviderError', failure: 'bad_answer' })
    await expect(failing).rejects.toThrow(sentence)
    // The call has been paid for.
    await expect(failing).rejects.toMatchObject({ usage: [{ provider: 'fake', model: 'm', characters: 3 }] })
    expect(await readdir(path.join(store.root, 'tmp'))).toEqual([])
  })

  it('is speech that is far shorter than its text; marks and a quick voice do not count', async () => {
    const text = 'A narrator who reads this sentence to its end needs four seconds for it.'
    const second = answering(wavFile(one))
    await expect(make(second, request(text))).rejects.toThrow('stops long before')
    expect((await make(second, { ...request(text), speed: 2 })).duration).toBeGreaterThan(1)
    expect((await make(second, request(`Well${' … ! ?'.repeat(40)}`))).duration).toBeGreaterThan(1)
    expect((await make(second, request('Short.'))).duration).toBeGreaterThan(1)
  })

  it('is half of a text, once it is known how fast the voice speaks', async () => {
    const text = 'A narrator who reads this sentence to its end needs about five seconds for all of it.'
    const half = answering(wavFile(hum([true, text.length / 14 / 2])))
    const given = { ffmpeg, store, provider: half, request: request(text), signal: never }
    await expect(makeVoiceFile({ ...given, heardPace: 14 })).rejects.toThrow('stops long before')
    // A voice measured to be twice as fast has said everything, and an unknown pace doesn't count against it.
    for (const heardPace of [28, null])
      expect((await makeVoiceFile({ ...given, heardPace })).duration).toBeGreaterThan(2)
    const short = { ...given, request: request('Read half of this?'), heardPace: 1 }
    expect((await makeVoiceFile(short)).duration).toBeGreaterThan(2)
  })

  it('is speech that goes on long after its text', async () => {
    const endless = answering(wavFile(hum([true, 25])))
    await expect(make(endless, request('A text of a few words.'))).rejects.toThrow('far longer than its text')
    expect((await make(endless, request('A text of many words. '.repeat(10)))).duration).toBeGreaterThan(24)
  })
})

it('can be cancelled while ffmpeg decodes', async () => {
  const abort = new AbortController()
  const provider = answering(wavFile(hum([true, 1])))
  const speak = provider.speak.bind(provider)
  provider.speak = async (...all) => {
    const speech = await speak(...all)
    setImmediate(() => abort.abort(new Error('stop it')))
    return speech
  }
  await expect(make(provider, request('hello'), 0, abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
  expect(await readdir(path.join(store.root, 'tmp'))).toEqual([])
})

it('reads compressed sound as well as WAV', async () => {
  const made = await make(espeak, request('Good morning, everybody.'))
  const mp3 = path.join(store.root, 'speech.mp3')
  const { execFileSync } = await import('node:child_process')
  execFileSync(ffmpeg.ffmpegPath, ['-v', 'error', '-i', onDisk(store, made.path), mp3])
  const provider = answering(Buffer.alloc(0))
  provider.speak = async (_request, file) => {
    await copyFile(mp3, file)
    return { words: null, usage: [] }
  }
  const voice = await make(provider, request('Good morning, everybody.'))
  expect(Math.abs(voice.duration - made.duration)).toBeLessThan(0.06)
})

it('takes the whole of sounds that stand one after another, and refuses a part of one', async () => {
  const { execFileSync } = await import('node:child_process')
  const wav = path.join(store.root, 'one.wav')
  await writeFile(wav, wavFile(hum([true, 1])))
  for (const kind of ['flac', 'm4a', 'mp3']) {
    const file = path.join(store.root, `one.${kind}`)
    execFileSync(ffmpeg.ffmpegPath, ['-v', 'error', '-i', wav, file])
    const sound = await readFile(file)
    const { duration } = await make(answering(Buffer.concat([sound, sound, sound])), request(`three ${kind}`))
    // MP3 adds silence at the beginning and the end.
    expect(Math.abs(duration - 3.25), kind).toBeLessThan(kind === 'flac' ? 0.04 : 0.3)
    if (kind === 'm4a') continue
    const half = answering(sound.subarray(0, sound.length / 2))
    await expect(make(half, request(`half ${kind}`)), kind).rejects.toMatchObject({ failure: 'bad_answer' })
  }
  const row = Buffer.concat([wavFile(hum([true, 1])), wavFile(hum([true, 2]))])
  expect((await make(answering(row), request('two'))).duration).toBeCloseTo(3.25, 1)
})
