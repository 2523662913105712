import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { ProviderSet } from '../../src/bot/program/providers.ts'
import { ProviderError } from '../../src/core/model/errors.ts'
import type {
  FootageProvider,
  MusicProvider,
  ScriptProvider,
  VoiceProvider,
} from '../../src/core/model/providers.ts'
import type { UnusableFile } from '../../src/core/model/unusable.ts'
import type { Usage } from '../../src/core/model/usage.ts'
import { toneWav } from '../servers/tone-wav.ts'

/** What a test can control in the fake providers. */
interface FakeBehaviour {
  /** Texts of the segments that the script provider writes. */
  texts: string[]
  /** Awaited before each answer; throw from it to make the call fail. */
  onScript: () => Promise<void>
  onVoice: (text: string) => Promise<void>
  onFootage: (query: string) => Promise<void>
  onFetch: (id: string) => Promise<void>
  /** Characters that the voice speaks per second; by default twice as many as people do, because longer films take longer. */
  pace: number
  /** Whether footage is plain images or plain videos. */
  kind: 'image' | 'video'
  /** Duration of the shortest text, in seconds. */
  shortest: number
  /** Files that match any search but cannot be used. */
  unusable: UnusableFile[]
  /** The requests each provider got, in order. */
  spoken: string[]
  searched: string[]
  fetched: string[]
}

export interface FakeProviders extends ProviderSet, FakeBehaviour {}

/** What the fake script provider writes by default. */
export const TEXTS = ['One two three.', 'Four five six.', 'Seven eight nine.']

/** In-memory providers: a script of fixed texts, a tone for each text as long as its words, plain footage. */
export function fakeProviders(texts = TEXTS): FakeProviders {
  const behaviour: FakeBehaviour = {
    texts: [...texts],
    onScript: async () => {},
    onVoice: async () => {},
    onFootage: async () => {},
    onFetch: async () => {},
    pace: 30,
    kind: 'image',
    shortest: 0.4,
    unusable: [],
    spoken: [],
    searched: [],
    fetched: [],
  }
  const fakes: FakeProviders = Object.assign(behaviour, {
    providers: {
      script: [fakeScript(behaviour)],
      voice: [fakeVoice(behaviour)],
      footage: [fakeFootage(behaviour)],
      music: [noMusic],
    },
    close: async () => {},
  })
  return fakes
}

/**
 * Same, for tests of the code around a render: the films are even shorter, and made of videos that need no zooming and give the
 * same clip in all drafts, which takes half the time.
 */
export function quickProviders(texts?: string[]): FakeProviders {
  return Object.assign(fakeProviders(texts), { kind: 'video' as const, pace: 60, shortest: 0.1 })
}

function fakeScript(behaviour: FakeBehaviour): ScriptProvider {
  return {
    name: 'fake-script',
    async write({ topic, language }, signal) {
      await orAborted(behaviour.onScript(), signal)
      return {
        provider: 'fake-script',
        topic: topic ?? 'A proposed topic',
        otherTopics: topic === null ? ['Another topic'] : [],
        title: topic ?? 'A proposed topic',
        description: 'A description.',
        tags: ['tag'],
        language,
        segments: behaviour.texts.map((text, index) => ({
          text,
          keyword: `word ${index}`,
          searchQuery: `query ${index}`,
        })),
        isOutline: false,
        usage: [],
      }
    },
  }
}

function fakeVoice(behaviour: FakeBehaviour): VoiceProvider {
  return {
    name: 'fake-voice',
    fingerprint: '1',
    pace: () => behaviour.pace,
    async speak({ text, speed }, file, signal) {
      behaviour.spoken.push(text)
      await orAborted(behaviour.onVoice(text), signal)
      await writeFile(file, toneWav(Math.max(behaviour.shortest, text.length / behaviour.pace / speed)))
      return { words: null, usage: [] }
    },
  }
}

function fakeFootage(behaviour: FakeBehaviour): FootageProvider {
  return {
    name: 'fake-footage',
    isMade: true,
    unusable: async () => behaviour.unusable,
    async search({ query, limit }, signal) {
      behaviour.searched.push(query)
      await orAborted(behaviour.onFootage(query), signal)
      if (query.includes('nothing')) throw new ProviderError('fake-footage', 'nothing_found', 'Nothing fits.')
      return Array.from({ length: Math.min(limit, 4) }, (_, index) => ({
        provider: 'fake-footage',
        // Ids don't depend on the query, so that segments compete for the same footage.
        id: `picture-${index}`,
        kind: behaviour.kind,
        previewUrl: null,
        downloadUrl: null,
        ...(behaviour.kind === 'image'
          ? { width: 160, height: 160, duration: null }
          : { width: 64, height: 64, duration: 30 }),
        author: `Author ${index}`,
        pageUrl: `https://example.org/${index}`,
        title: `Picture ${index}`,
      }))
    },
    async fetch({ id }, _query, file, signal) {
      behaviour.fetched.push(id)
      await orAborted(behaviour.onFetch(id), signal)
      await writeFile(file, behaviour.kind === 'image' ? picture(id) : video(id))
    },
    thumbnail: async ({ id }, _query, file) => writeFile(file, picture(id)),
  }
}

/**
 * Same, as services that bill: by default a dollar for a script or a rewrite and ten cents for a voice; the footage has a key
 * with a limit. Free services are the fallback.
 */
export function billed(fakes: FakeProviders, prices = { script: 1, voice: 0.1 }): FakeProviders {
  const { script, voice, footage } = fakes.providers
  const used = (usd: number): Usage[] => [
    { provider: 'openai', model: 'gpt-4.1', outputTokens: (usd / 8) * 1_000_000 },
  ]
  const free = { script: script.map(renamed), voice: voice.map(renamed) }
  fakes.providers.script = [
    ...script.map(
      (provider): ScriptProvider => ({
        ...provider,
        expects: () => used(prices.script),
        write: async (request, signal) => ({
          ...(await provider.write(request, signal)),
          usage: used(prices.script),
        }),
        rewrite: async ({ text }) => ({ text: `${text} Calmly.`, usage: used(prices.script) }),
      }),
    ),
    ...free.script,
  ]
  fakes.providers.voice = [
    ...voice.map(
      (provider): VoiceProvider => ({
        ...provider,
        expects: () => used(prices.voice),
        speak: async (request, file, signal) => ({
          ...(await provider.speak(request, file, signal)),
          usage: used(prices.voice),
        }),
      }),
    ),
    ...free.voice,
  ]
  fakes.providers.footage = footage.map((provider) => ({ ...provider, isMetered: true }))
  return fakes
}

/** Same, with a free script service that rewrites by instructions; throw from `rewrite` to make it fail. */
export function rewriting(
  fakes: FakeProviders,
  rewrite = (text: string) => `${text} Calmly.`,
): FakeProviders {
  fakes.providers.script = fakes.providers.script.map(
    (provider): ScriptProvider => ({
      ...provider,
      rewrite: async ({ text }) => ({ text: rewrite(text), usage: [] }),
    }),
  )
  return fakes
}

function renamed<T extends { name: string }>(provider: T): T {
  return { ...provider, name: provider.name.replace('fake', 'free') }
}

/** Rejects when the signal aborts, as a provider must. */
function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
  ])
}

const noMusic: MusicProvider = { name: 'no-music', pick: async () => null, find: async () => null }

/** Half a minute of a plain 64 × 64 picture, one frame per second; made with ffmpeg's `color` and libx264. */
const PLAIN = readFileSync(path.join(import.meta.dirname, 'plain.mp4'))

/** A different file for each id, because of the id appended after the visible content. */
function video(id: string): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + id.length)
  return Buffer.concat([PLAIN, size, Buffer.from(`free${id}`)])
}

function picture(id: string): Buffer {
  const canvas = createCanvas(160, 160)
  const context = canvas.getContext('2d')
  context.fillStyle = `hsl(${(Number(id.at(-1)) * 67) % 360} 60% 50%)`
  context.fillRect(0, 0, 160, 160)
  return canvas.toBuffer('image/png')
}
