import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeAction } from '../../src/bot/view/action-id.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { type RealProgram, realProgram, textOf } from '../factories/real-program.ts'
import { fakeProviders } from '../fakes/providers.ts'
import type { Fault } from '../servers/loopback.ts'
import { OPENAI_TEST_KEY, type OpenAiServer, startOpenAi } from '../servers/openai.ts'

let openai: OpenAiServer
let program: RealProgram

beforeAll(async () => {
  openai = await startOpenAi()
  program = await realProgram(
    { OPENAI_API_KEY: OPENAI_TEST_KEY, OPENAI_BASE_URL: openai.baseURL },
    { footage: fakeProviders().providers.footage },
  )
})
afterAll(async () => {
  await program?.end()
  await openai?.close()
})
beforeEach(() => {
  Object.assign(openai, { fault: null, faults: [], answers: [] })
})

const GONE: Fault = {
  kind: 'status',
  status: 404,
  body: {
    error: {
      message: 'The model `gpt-4o-mini-tts` has been shut down.',
      type: 'invalid_request_error',
      code: 'model_not_found',
    },
  },
}

let texts = 0

/** A draft with one segment whose unique text hasn't been spoken before. */
async function spoken() {
  texts += 1
  const draftId = await program.create({
    script: `Only ${texts} sentence here.`,
    format: 'square',
    duration: 5,
  })
  const segment = (await program.load(draftId)).segments[0]
  if (!segment) throw new Error('the draft has no segment')
  return { draftId, segment }
}

describe('a voice service that fails', () => {
  it.each<[string, Fault, string]>([
    [
      'has no such model any more',
      GONE,
      'The voice service does not have the configured model (404): “The model `gpt-4o-mini-tts` has been shut down”.',
    ],
    [
      'has another key',
      { kind: 'status', status: 401 },
      'The voice service did not accept the API key (401).',
    ],
    [
      'wants to be left alone for long',
      { kind: 'status', status: 429, headers: { 'retry-after': '300' } },
      'The voice service is receiving too many requests.',
    ],
    ['sends a page', { kind: 'html' }, 'The voice service sent a web page or a message instead of audio.'],
    [
      'sends noise',
      { kind: 'answer', body: Buffer.alloc(9000, 'x'), headers: { 'content-type': 'audio/wav' } },
      'The voice service sent something other than audio.',
    ],
    ['is down', { kind: 'status', status: 500 }, 'The voice service is having problems (500).'],
  ])('is stood in for by eSpeak when it %s, and the segment says so', async (_what, fault, sentence) => {
    openai.fault = ({ path }) => (path === '/v1/audio/speech' ? fault : null)
    const { draftId, segment } = await spoken()
    expect(segment).toMatchObject({
      ttsProvider: 'espeak',
      voiceError: expect.stringContaining(`${sentence} Voice used instead: Built-in voice.\t`),
    })
    expect(
      textOf(program.message(encodeAction('retry_assets', draftId, segment.id, segment.version))),
    ).toContain('Voice used instead: Built-in voice.')
    expect((await program.load(draftId)).draft.status).toBe('assets_ready')
    // Otherwise a service that was down isn't asked again for a while.
    openai.fault = null
    await program.press(encodeAction('retry_assets', draftId, segment.id, segment.version))
  })

  it('speaks again itself after Retry', async () => {
    openai.fault = ({ path }) => (path === '/v1/audio/speech' ? GONE : null)
    const { draftId, segment } = await spoken()
    openai.fault = null
    await program.press(encodeAction('retry_assets', draftId, segment.id, segment.version))
    const { draft, segments } = await program.load(draftId)
    expect(segments[0]).toMatchObject({ ttsProvider: 'openai', voiceError: null })
    expect(segments[0]?.videoLocalPath).toBe(segment.videoLocalPath)
    expect(draft.status).toBe('assets_ready')
  })
})

describe('a server without speech', () => {
  it('is stood in for by eSpeak, which the draft says once and no segment', async () => {
    openai.fault = ({ path }) => (path === '/v1/audio/speech' ? { kind: 'status', status: 404 } : null)
    const draftId = await program.create({
      script: 'Nobody here speaks.\n\nNobody here speaks at all.',
      ...{ format: 'square', duration: 5 },
    })
    const { draft, segments } = await program.load(draftId)
    const sentence = 'The voice service does not offer this (404). Voice used instead: Built-in voice.'
    expect(draft).toMatchObject({ status: 'assets_ready', notice: expect.stringContaining(sentence) })
    expect(segments.map(({ ttsProvider, voiceError }) => [ttsProvider, voiceError])).toEqual([
      ['espeak', null],
      ['espeak', null],
    ])
    expect(textOf(program.message(draftId))).toContain(sentence)
  })
})

describe('a script service that fails', () => {
  it('is stood in for by an outline, and the top message says why', async () => {
    openai.fault = ({ path }) => (path === '/v1/chat/completions' ? { kind: 'status', status: 401 } : null)
    const draftId = await program.create({ topic: 'Bees', duration: 10, format: 'square' })
    const { draft } = await program.load(draftId)
    expect(draft).toMatchObject({
      isOutline: true,
      notice: expect.stringContaining('The script service did not accept the API key (401).'),
    })
    const top = textOf(program.message(draftId))
    expect(top).toContain('The script service did not accept the API key (401).')
    expect(top).toMatch(/\d of \d segments (is|are) still (a placeholder|placeholders)/)
  })

  it('has it written again at the press of a button, which can be undone', async () => {
    openai.answers = ['null', 'null']
    const draftId = await program.create({ topic: 'Wasps', duration: 10, format: 'square' })
    const outline = await program.load(draftId)
    expect(outline.draft).toMatchObject({ isOutline: true, notice: expect.stringContaining('usable script') })
    const tokens = { provider: 'openai', model: 'gpt-5.4-mini', inputTokens: 800, outputTokens: 500 }
    expect(outline.draft.usage).toContainEqual(tokens)
    const again = encodeAction('write_again', draftId)
    expect(textOf(program.message(draftId))).toContain(again)

    openai.fault = ({ path }) => (path === '/v1/chat/completions' ? { kind: 'status', status: 401 } : null)
    await program.press(again)
    const failed = await program.load(draftId)
    expect(failed.draft.notice).toContain('The script service did not accept the API key (401).')
    expect(failed.segments.map(({ text }) => text)).toEqual(outline.segments.map(({ text }) => text))

    openai.fault = null
    await program.press(again)
    const { draft, segments } = await program.load(draftId)
    expect(draft).toMatchObject({
      ...{ isOutline: false, notice: null, title: 'Why the sea is salt', status: 'assets_ready' },
      usage: expect.arrayContaining([{ ...tokens, inputTokens: 1200, outputTokens: 750 }]),
    })
    expect(segments[0]?.text).toMatch(/^Part 1/)
    expect(textOf(program.message(draftId))).not.toContain(again)

    await program.press(encodeAction('undo', draftId))
    const undone = await program.load(draftId)
    expect(undone.draft.isOutline).toBe(true)
    expect(undone.segments.map(({ text }) => text)).toEqual(outline.segments.map(({ text }) => text))
  })

  it.each([
    [
      'refuses',
      { message: { role: 'assistant', content: null, refusal: 'I cannot.' }, finish_reason: 'stop' },
    ],
    [
      'is stopped by a filter',
      { message: { role: 'assistant', content: '' }, finish_reason: 'content_filter' },
    ],
  ])('is one sentence with Retry when it %s', async (_what, choice) => {
    const body = { id: 'x', object: 'chat.completion', choices: [{ index: 0, ...choice }] }
    openai.fault = ({ path }) => (path === '/v1/chat/completions' ? { kind: 'answer', body } : null)
    await program.create({ topic: 'Something odd', duration: 10, format: 'square' })
    const [job] = await program.core.db
      .fork()
      .find(JobEntity, { kind: 'create' }, { orderBy: { id: 'desc' }, limit: 1 })
    const draftId = job?.draftId ?? ''
    expect(job?.state).toBe('failed')
    const top = textOf(program.message(encodeAction('retry_create', draftId)))
    expect(top).toContain('The script service declined this topic. Try different words.')

    openai.fault = null
    await program.press(encodeAction('retry_create', draftId))
    expect((await program.load(draftId)).draft).toMatchObject({ topic: 'Something odd', isOutline: false })
  })
})

describe('the key', () => {
  it('is in no message, log line or table', async () => {
    const message = `Incorrect API key provided: ${OPENAI_TEST_KEY}.`
    openai.fault = () => ({
      kind: 'status',
      status: 401,
      body: { error: { message, code: 'invalid_api_key' } },
    })
    await program.create({ topic: 'Keys', duration: 5, format: 'square' })
    const shown = [...program.messages().map(textOf), ...program.log].join('\n')
    const stored = await program.stored()
    expect(shown).toContain('did not accept the API key')
    expect(shown).not.toContain(OPENAI_TEST_KEY)
    expect(stored).not.toContain(OPENAI_TEST_KEY)
  })
})
