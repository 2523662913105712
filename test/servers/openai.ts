import { type Loopback, type RecordedRequest, type Reply, startLoopback } from './loopback.ts'
import { mp3Of } from './mp3.ts'
import { toneWav } from './tone-wav.ts'

export interface OpenAiServer extends Loopback {
  /** Ends in `/v1`. */
  baseURL: string
  /** Contents of the next chat answers; objects are sent as JSON text. After that, a plan of the requested length. */
  answers: (string | object)[]
  /** The kinds of `response_format` that this server supports. */
  formats: { schema: boolean; json: boolean }
  /** Ignores `response_format` instead of refusing it. */
  ignoresFormats: boolean
  /** Sound formats that it supports. */
  soundFormats: string[]
  /** Sends MP3 whatever format is requested, as small speech servers do. */
  speaksMp3Only: boolean
  /** Whether its transcription supports `verbose_json`; OpenAI's newer models don't. */
  transcribesVerbosely: boolean
  /** The words of the next transcription; otherwise the words of the last speech, evenly spread. */
  words: { word: string; start: number; end: number }[] | null
  models: string[]
}

const KEY = 'sk-test-0123456789'
export const OPENAI_TEST_KEY = KEY

/** A stand-in for OpenAI's chat, speech, transcription and model endpoints, as strict about requests as the real ones. */
export async function startOpenAi(): Promise<OpenAiServer> {
  let spoken = { text: '', seconds: 0 }
  const handle = (request: RecordedRequest): Reply | Promise<Reply> => {
    if (request.headers.authorization !== `Bearer ${KEY}`) {
      const given = String(request.headers.authorization)
      return refusal(401, `Incorrect API key provided: ${given}.`, 'invalid_api_key')
    }
    switch (`${request.method} ${request.path}`) {
      case 'GET /v1/models':
        return { body: { object: 'list', data: server.models.map((id) => ({ id, object: 'model' })) } }
      case 'POST /v1/chat/completions':
        return chat(request, server)
      case 'POST /v1/audio/speech': {
        const { input = '', speed = 1 } = request.json as { input?: string; speed?: number }
        spoken = { text: input, seconds: secondsOf(input, speed) }
        return speech(request, server)
      }
      case 'POST /v1/audio/transcriptions':
        return transcription(request, server, server.words ?? spread(spoken.text, spoken.seconds))
      default:
        return refusal(404, `Invalid URL (${request.method} ${request.path})`, 'not_found')
    }
  }
  const loopback = await startLoopback(handle)
  const server: OpenAiServer = Object.assign(loopback, {
    baseURL: `${loopback.origin}/v1`,
    answers: [],
    formats: { schema: true, json: true },
    ignoresFormats: false,
    soundFormats: ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'],
    speaksMp3Only: false,
    transcribesVerbosely: true,
    words: null,
    models: ['gpt-5.4-mini', 'gpt-4o-mini-tts', 'whisper-1'],
  })
  return server
}

interface ChatRequest {
  model?: string
  messages?: { role: string; content: string }[]
  response_format?: { type: string; json_schema?: { name?: string; strict?: boolean; schema?: JsonSchema } }
  temperature?: number
  max_tokens?: number
}

interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean
  items?: JsonSchema
}

function chat(request: RecordedRequest, server: OpenAiServer): Reply {
  const { model, messages, response_format: format, ...others } = request.json as ChatRequest
  if (!model || !messages?.length) return refusal(400, 'you must provide a model and messages', null)
  if ('temperature' in others || 'max_tokens' in others) {
    return refusal(
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model.",
      'unsupported_parameter',
    )
  }
  const can = { json_schema: server.formats.schema, json_object: server.formats.json, text: true }
  if (format && !server.ignoresFormats) {
    if (!can[format.type as keyof typeof can]) {
      return refusal(
        400,
        `Invalid parameter: 'response_format' of type '${format.type}' is not supported.`,
        null,
      )
    }
    const mentions = messages.some(({ content }) => /json/i.test(content))
    if (format.type === 'json_object' && !mentions) {
      return refusal(
        400,
        "'messages' must contain the word 'json' in some form, to use 'response_format'",
        null,
      )
    }
    const schema = format.json_schema?.schema
    if (format.type === 'json_schema' && !(format.json_schema?.name && schema && isStrict(schema))) {
      return refusal(
        400,
        "Invalid schema for response_format: 'additionalProperties' is required to be false.",
        null,
      )
    }
  }
  const answer = server.answers.shift() ?? plan(messages)
  const content = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return {
    body: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_790_000_000,
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 400, completion_tokens: 250, total_tokens: 650 },
    },
  }
}

function isStrict(schema: JsonSchema): boolean {
  if (schema.type === 'array') return schema.items !== undefined && isStrict(schema.items)
  if (schema.type !== 'object') return true
  const names = Object.keys(schema.properties ?? {})
  return (
    schema.additionalProperties === false &&
    names.every((name) => schema.required?.includes(name)) &&
    Object.values(schema.properties ?? {}).every(isStrict)
  )
}

/** A plan of the length that the first message asks for. */
function plan(messages: { content: string }[]): object {
  const asked = messages[0]?.content ?? ''
  const characters = Number(/about (\d+) characters in all/.exec(asked)?.[1] ?? 300)
  const count = Number(/in about (\d+) segments/.exec(asked)?.[1] ?? 4)
  return writtenPlan(characters, count, /proposedTopics/.test(asked))
}

/** A plan whose narration has about this many characters in total. */
export function writtenPlan(characters: number, count: number, withTopics = false) {
  const each = Math.max(8, Math.round((characters - count + 1) / count))
  const segments = Array.from({ length: count }, (_, index) => ({
    text: sentence(each, index),
    keyword: `keyword ${index + 1}`,
    searchQuery: `stormy ocean waves ${index + 1}`,
  }))
  return {
    ...(withTopics ? { proposedTopics: ['Why the sea is salt', 'How bees dance', 'The first film'] } : {}),
    title: 'Why the sea is salt',
    description: 'Rivers carry a little salt every day.',
    tags: ['sea', 'salt', 'science'],
    segments,
  }
}

function sentence(length: number, index: number): string {
  const words = 'rivers carry a little salt down to the sea every single day and it stays there '
  return `${`Part ${index + 1} ${words.repeat(Math.ceil(length / words.length))}`.slice(0, length - 1).trimEnd()}.`
}

async function speech(request: RecordedRequest, server: OpenAiServer): Promise<Reply> {
  const {
    model,
    input,
    voice,
    response_format = 'mp3',
    speed = 1,
  } = request.json as Record<string, string> & {
    speed?: number
  }
  if (!model || !input || !voice) return refusal(400, 'model, input and voice are required', null)
  if (input.length > 4096) return refusal(400, 'input is longer than 4096 characters', 'string_too_long')
  if (speed < 0.25 || speed > 4) return refusal(400, 'speed must be between 0.25 and 4', null)
  if (!server.soundFormats.includes(response_format)) {
    return refusal(400, `response_format must be one of ${server.soundFormats.join(', ')}`, null)
  }
  const isMp3 = response_format === 'mp3' || server.speaksMp3Only
  // The real service streams, so its headers don't know how long the sound is.
  const wav = toneWav(secondsOf(input, speed), { streamed: !isMp3 })
  if (isMp3) return { body: await mp3Of(wav), headers: { 'content-type': 'audio/mpeg' } }
  return { body: wav, headers: { 'content-type': 'audio/wav' } }
}

async function transcription(
  request: RecordedRequest,
  server: OpenAiServer,
  words: { word: string; start: number; end: number }[],
): Promise<Reply> {
  const type = String(request.headers['content-type'])
  const form = await new Response(new Uint8Array(request.body), {
    headers: { 'content-type': type },
  }).formData()
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0 || !form.get('model'))
    return refusal(400, 'file and model', null)
  if (!/\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)$/.test(file.name)) {
    return refusal(400, 'Unrecognized file format.', null)
  }
  if (form.get('response_format') === 'verbose_json' && !server.transcribesVerbosely) {
    const allowed = "Use 'json' or 'text' instead."
    return refusal(
      400,
      `response_format 'verbose_json' is not compatible with model. ${allowed}`,
      'unsupported_value',
    )
  }
  if (form.get('response_format') !== 'verbose_json')
    return { body: { text: words.map((w) => w.word).join(' ') } }
  const byWord = form.getAll('timestamp_granularities[]').includes('word')
  const text = words.map(({ word }) => word).join(' ')
  const duration = words.at(-1)?.end ?? 0
  return { body: { task: 'transcribe', language: 'english', duration, text, ...(byWord ? { words } : {}) } }
}

function secondsOf(text: string, speed: number): number {
  return Math.max(0.3, text.length / 15 / speed)
}

function spread(text: string, seconds: number): { word: string; start: number; end: number }[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const each = seconds / words.length
  return words.map((word, index) => ({
    word: word.replace(/[.,!?]/g, ''),
    start: index * each,
    end: (index + 0.9) * each,
  }))
}

function refusal(status: number, message: string, code: string | null): Reply {
  return { status, body: { error: { message, type: 'invalid_request_error', param: null, code } } }
}
