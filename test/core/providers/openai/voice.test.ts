import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOpenAiVoice } from '../../../../src/core/providers/openai/voice.ts'
import { estimateCost } from '../../../../src/core/providers/prices.ts'
import type { Fault } from '../../../servers/loopback.ts'
import { OPENAI_TEST_KEY, type OpenAiServer, startOpenAi } from '../../../servers/openai.ts'
import { toneWav } from '../../../servers/tone-wav.ts'

let server: OpenAiServer
let folder: string
let file: string
beforeEach(async () => {
  server = await startOpenAi()
  folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-voice-'))
  file = path.join(folder, 'speech.part')
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const TEXT = 'Rivers carry salt to the sea, every day.'
const REQUEST = { text: TEXT, language: 'en', voice: null, speed: 1 }
const connection = () => ({ apiKey: OPENAI_TEST_KEY, baseURL: server.baseURL, retries: 0 })
const speak = (request = {}, options = {}) =>
  createOpenAiVoice({ ...connection(), ...options }).speak(
    { ...REQUEST, ...request },
    file,
    AbortSignal.timeout(20_000),
  )
const sent = (index = 0) => server.requests[index]?.json as Record<string, unknown>

describe('a voice by OpenAI', () => {
  it('writes the sound and counts the characters', async () => {
    const speech = await speak()
    expect((await readFile(file)).subarray(0, 4).toString()).toBe('RIFF')
    expect(speech).toEqual({
      words: null,
      tempo: 1,
      usage: [{ provider: 'openai', model: 'gpt-4o-mini-tts', characters: TEXT.length }],
    })
    expect(sent()).toEqual({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: TEXT, response_format: 'wav' })
  })

  it("uses the draft's voice and speed", async () => {
    await speak({ voice: 'af_heart', speed: 1.25 }, { model: 'kokoro', voice: 'am_adam' })
    expect(sent()).toMatchObject({ model: 'kokoro', voice: 'af_heart', speed: 1.25 })
  })

  it('leaves the speed to the tempo where the model pays no attention to it', async () => {
    expect(await speak({ speed: 1.5 })).toMatchObject({ tempo: 1.5 })
    expect(sent()).not.toHaveProperty('speed')
    expect(await speak({ speed: 1.5 }, { model: 'tts-1' })).toMatchObject({ tempo: 1 })
    expect(sent(1)).toMatchObject({ speed: 1.5 })
  })

  it('charges nothing for a server of one’s own', async () => {
    const { usage } = await speak({}, { model: 'tts-1', isPriced: false })
    expect(estimateCost(usage)).toMatchObject({ usd: 0, unknownModels: [] })
    expect(estimateCost((await speak({}, { model: 'tts-1' })).usage).usd).toBeGreaterThan(0)
  })

  it('works without a key where none is wanted', async () => {
    server.fault = (request) => {
      expect(request.headers.authorization).toBe('Bearer none')
      return { kind: 'answer', body: Buffer.alloc(2000, 'ID3'), headers: { 'content-type': 'audio/mpeg' } }
    }
    await speak({}, { apiKey: null })
    expect((await readFile(file)).length).toBe(2000)
  })

  it('takes a WAV whose header counts its own first bytes as well', async () => {
    const sound = Buffer.alloc(2044)
    sound.write('RIFF', 0)
    sound.writeUInt32LE(sound.length, 4)
    sound.write('WAVE', 8)
    server.fault = () => ({ kind: 'answer', body: sound, headers: { 'content-type': 'audio/wav' } })
    await speak()
    expect(await readFile(file)).toEqual(sound)
    sound.writeUInt32LE(3000, 4)
    await expect(speak()).rejects.toMatchObject({ failure: 'unavailable' })
  })

  it.each([
    [
      { detail: { error: 'validation_error', message: "Voice 'alloy' not found." } },
      "Voice 'alloy' not found",
    ],
    [{ detail: 'Voice is unknown' }, 'Voice is unknown'],
    [{ detail: [{ loc: ['body', 'voice'], msg: 'Field required', type: 'missing' }] }, 'Field required'],
  ])('says in its words what a server of another form refuses: %j', async (body, said) => {
    server.fault = () => ({ kind: 'status', status: 400, body })
    await expect(speak()).rejects.toThrow(`The voice service refused the request (400): “${said}”.`)
  })

  it('takes MP3 from a server that has no WAV, and remembers it', async () => {
    server.soundFormats = ['mp3']
    const voice = createOpenAiVoice(connection())
    await voice.speak(REQUEST, file, AbortSignal.timeout(20_000))
    await voice.speak(REQUEST, file, AbortSignal.timeout(20_000))
    expect(server.requests.map(({ json }) => (json as { response_format: string }).response_format)).toEqual([
      'wav',
      'mp3',
      'mp3',
    ])
    expect((await readFile(file)).toString('latin1')).toMatch(/^(ID3|\xff[\xe0-\xff])/)
  })

  it('takes MP3 for what it is although WAV was asked for, and names it so to the transcription', async () => {
    server.speaksMp3Only = true
    const { words } = await speak({}, { transcription: { ...connection(), model: 'whisper-1' } })
    expect(words).toHaveLength(8)
    expect(sent()).toMatchObject({ response_format: 'wav' })
    expect((await readFile(file)).toString('latin1')).toMatch(/^(ID3|\xff[\xe0-\xff])/)
    expect(server.requests[1]?.body.toString('latin1')).toContain('filename="speech.mp3"')
  })

  it.each([
    ['a web page', { kind: 'html' }, 'bad_answer'],
    ['JSON', { kind: 'answer', body: { error: 'no' } }, 'bad_answer'],
    [
      'text that is called audio',
      { kind: 'answer', body: '<html>'.repeat(50), headers: { 'content-type': 'audio/wav' } },
      'bad_answer',
    ],
    ['nothing', { kind: 'answer', body: '', headers: { 'content-type': 'audio/wav' } }, 'bad_answer'],
    ['only a header', { kind: 'truncated', bytes: 44 }, 'unavailable'],
    ['half a file', { kind: 'truncated', bytes: 9000 }, 'unavailable'],
    ['a bad key', { kind: 'status', status: 401 }, 'unauthorized'],
    ['a broken server', { kind: 'status', status: 500 }, 'unavailable'],
    ['silence', { kind: 'silence' }, 'unavailable'],
    ['a stream that stops', { kind: 'stall', bytes: 9000 }, 'unavailable'],
  ] as const)('does not take %s for sound', async (_what, fault, failure) => {
    server.fault = () => fault
    await expect(speak({}, { timeoutSeconds: 0.5 })).rejects.toMatchObject({ name: 'ProviderError', failure })
  })

  it('notices a sound that ends before its header says, and asks for it again', async () => {
    const whole = toneWav(3)
    const cut: Fault = {
      kind: 'answer',
      body: whole.subarray(0, whole.length / 2),
      headers: { 'content-type': 'audio/wav' },
    }
    server.fault = () => cut
    await expect(speak()).rejects.toMatchObject({ failure: 'unavailable' })
    server.fault = null
    server.faults = [cut]
    await speak({}, { retries: 1 })
    expect((await readFile(file)).length).toBeGreaterThan(44)
  })

  const sends = (body: Buffer | string | object, type: string) => {
    server.fault = () => ({ kind: 'answer', body, headers: { 'content-type': type } })
  }

  it('saves several WAVs in a row as one, before anybody listens to it', async () => {
    sends(Buffer.concat([toneWav(1), toneWav(1, { streamed: true }), toneWav(1)]), 'audio/wav')
    await speak()
    const sound = await readFile(file)
    expect(sound.length).toBe(44 + 3 * 48_000)
    expect(sound.readUInt32LE(40)).toBe(3 * 48_000)
    const other = toneWav(1)
    other.writeUInt32LE(22_050, 24)
    sends(Buffer.concat([toneWav(1), other]), 'audio/wav')
    await expect(speak()).rejects.toMatchObject({ failure: 'bad_answer' })
  })

  it('takes samples without a header where the answer says what they are, and sound whatever it is called', async () => {
    for (const type of ['audio/pcm', 'audio/L16;codec=pcm;rate=24000', 'application/json', 'text/plain']) {
      sends(type.startsWith('audio') ? toneWav(2).subarray(44) : toneWav(2), type)
      await speak()
      expect(await readFile(file)).toEqual(toneWav(2))
    }
    sends(toneWav(2).subarray(44), 'application/octet-stream')
    await expect(speak()).rejects.toMatchObject({ failure: 'bad_answer' })
  })

  it('says so when a message comes instead of audio, whatever it is called', async () => {
    for (const type of ['audio/wav', 'application/json', 'application/octet-stream']) {
      sends(JSON.stringify({ error: { message: 'The model is loading, please try again later.' } }), type)
      await expect(speak()).rejects.toThrow('sent a web page or a message instead of audio')
    }
  })

  it('stops listening to a voice that never ends, long before it fills a disk', async () => {
    sends(Buffer.concat([toneWav(1, { streamed: true }), Buffer.alloc(12_000_000, 7)]), 'audio/wav')
    await expect(speak()).rejects.toMatchObject({ failure: 'too_large' })
    expect((await readFile(file)).length).toBeLessThan(12_000_000)
  })

  it('notices an MP3 that ends before its header says', async () => {
    const frame = Buffer.alloc(20_000)
    frame.write('\xff\xfb\x90\x64', 0, 'latin1')
    frame.write('Info', 36, 'latin1')
    frame.writeUInt32BE(3, 40)
    frame.writeUInt32BE(400, 44)
    frame.writeUInt32BE(60_000, 48)
    sends(frame, 'audio/mpeg')
    await expect(speak()).rejects.toMatchObject({ failure: 'unavailable' })
    frame.writeUInt32BE(20_000, 48)
    await speak()
  })

  it('writes the whole file again after a broken connection', async () => {
    server.faults = [{ kind: 'truncated', bytes: 9000 }]
    await speak({}, { retries: 1 })
    const sound = await readFile(file)
    expect(sound.subarray(0, 4).toString()).toBe('RIFF')
    expect(sound.length).toBe(44 + 2 * Math.round((TEXT.length / 15) * 24_000))
  })

  it.runIf(process.platform === 'linux')('says that the disk is full', async () => {
    const voice = createOpenAiVoice(connection())
    await expect(voice.speak(REQUEST, '/dev/full', AbortSignal.timeout(20_000))).rejects.toMatchObject({
      code: 'disk_full',
    })
    expect(server.requests).toHaveLength(1)
  })

  it('has another fingerprint for another server, model or voice', () => {
    const of = (options = {}) => createOpenAiVoice({ ...connection(), ...options }).fingerprint
    const all = [
      of(),
      of({ model: 'tts-1' }),
      of({ voice: 'nova' }),
      of({ baseURL: 'http://127.0.0.1:1/v1' }),
    ]
    expect(new Set(all).size).toBe(4)
    expect(all.join()).not.toContain(OPENAI_TEST_KEY)
  })

  it('knows how fast languages are spoken', () => {
    const { pace } = createOpenAiVoice(connection())
    expect(pace('en')).toBeCloseTo(14.8, 1)
    expect(pace('ko')).toBeLessThan(8)
    expect(pace('EN-gb')).toBe(pace('en'))
    expect(pace('tlh')).toBeGreaterThan(10)
  })
})

describe('word times by transcription', () => {
  const listening = () => ({ transcription: { ...connection(), model: 'whisper-1' } })

  it("are given to the text's own words", async () => {
    const { words, usage } = await speak({}, listening())
    expect(words?.map(({ start, end }) => TEXT.slice(start, end))).toEqual([
      'Rivers',
      'carry',
      'salt',
      'to',
      'the',
      'sea',
      'every',
      'day',
    ])
    expect(words?.[5]?.from).toBeCloseTo(5 / 3, 5)
    expect(words?.[5]?.to).toBeCloseTo(5.9 / 3, 5)
    expect(usage[1]).toEqual({ provider: 'openai', model: 'whisper-1', seconds: expect.closeTo(7.9 / 3) })
  })

  it('are left out by a model that does not report them, which is said to people who read the log', async () => {
    server.transcribesVerbosely = false
    const { words, trouble } = await speak({}, listening())
    expect(words).toBeNull()
    expect(trouble?.message).toMatch(/^The transcription service refused the request \(400\).*verbose_json/)
  })

  it('are not waited for again and again when nobody answers', async () => {
    server.fault = ({ path }) => (path === '/v1/audio/transcriptions' ? { kind: 'silence' } : null)
    const voice = createOpenAiVoice({
      ...connection(),
      transcription: { ...connection(), model: 'whisper-1', timeoutSeconds: 0.3 },
    })
    for (let index = 0; index < 3; index++) {
      const speech = await voice.speak(REQUEST, file, AbortSignal.timeout(20_000))
      expect(speech).toMatchObject({ words: null, trouble: { failure: 'unavailable' } })
    }
    expect(server.requests.filter(({ path }) => path.endsWith('/transcriptions'))).toHaveLength(1)
  })

  it('are left out when they cannot be had', async () => {
    server.faults = [null, { kind: 'status', status: 500 }]
    expect((await speak({}, listening())).words).toBeNull()
    server.faults = [null, { kind: 'answer', body: Buffer.alloc(9_000_000, ' ') }]
    expect((await speak({}, listening())).words).toBeNull()
    server.faults = [null, { kind: 'answer', body: { text: 'no words' } }]
    expect((await speak({}, listening())).words).toBeNull()
    server.words = [
      { word: 'Something', start: 0, end: 1 },
      { word: 'else', start: 1, end: 2 },
    ]
    expect((await speak({}, listening())).words).toBeNull()
  })
})
