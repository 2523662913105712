import { ProviderError } from '../../../model/errors.ts'
import type { Format } from '../../../model/formats.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../../model/providers.ts'
import { quoteSpans } from '../../../model/text/quote-spans.ts'
import { withoutParticle } from '../../script/keywords.ts'
import { englishFor } from '../../script/korean-glossary.ts'
import { type KeptWorker, keptWorker } from '../kept-worker.ts'
import { endOf, isPlain, type Sign, signOf } from './drawn-over.ts'
import { flagFor } from './flags.ts'
import { iconsFor } from './icons.ts'
import type { Picture } from './picture.ts'
import { pictureSize } from './picture-size.ts'
import { hash32 } from './random.ts'
import { isSceneKind, rankKinds, type SceneKind } from './scene-kinds.ts'
import { SCENE_TITLES } from './scene-titles.ts'

export interface DrawTask {
  picture: Picture
  isPreview: boolean
  file: string
}

export interface DrawnFootage extends FootageProvider {
  /** Ends the drawing thread. It also ends by itself when idle, and doesn't keep the process alive. */
  close(): Promise<void>
}

const NAME = 'drawn'
/** How many scenes can be requested at once; each kind in several variants. */
const MAX_CANDIDATES = 100
/** The number of different icons among a search's candidates. */
const MAX_ICONS = 6
/** What comes before (SAYS) and after (SAID) a person's words, but not next to a title. */
const SAYS =
  /(?:[:：]|\b(?:said|says|say|asked|wrote|writes|told|once)\b[^.!?]{0,40})\s*$|(?:말했다|말합니다|물었다)[.:]?\s*$/iu
const SAID =
  /^\s*(?:이?라고|이?라며|이?라는|고\s|[—–]\s*\p{Lu}|(?:[\p{Lu}][\p{L}.]*\s+){0,3}(?:said|says|asked|wrote|writes)\b)/u
/** The shortest quotation, in words. */
const QUOTATION = 3

/**
 * The embedded footage: still pictures, drawn here and animated by the renderer. Needs no key and no network. An id
 * (`rings-3-1a2b3c4d-plain`) determines the scene; with the draft's id and the format it determines every byte.
 */
export function createDrawnFootage(
  worker: KeptWorker<DrawTask> = keptWorker(new URL('./drawn-worker.ts', import.meta.url)),
): DrawnFootage {
  const draw = (isPreview: boolean) => {
    return async (candidate: FootageCandidate, query: FootageQuery, file: string, signal: AbortSignal) => {
      const picture = pictureOf(candidate, query)
      await worker.run({ picture, isPreview, file }, signal).catch((cause: unknown) => {
        if (signal.aborted) throw cause
        throw new ProviderError(NAME, 'unavailable', 'The built-in artwork could not be drawn.', { cause })
      })
    }
  }
  return {
    name: NAME,
    isMade: true,
    drawsForDraft: true,
    showsKeyword: (id) => !isPlain(id),
    search: async (query, signal) => {
      signal.throwIfAborted()
      return candidatesFor(query)
    },
    fetch: draw(false),
    thumbnail: draw(true),
    close: () => worker.close(),
  }
}

function candidatesFor(query: FootageQuery): FootageCandidate[] {
  const kinds = rankKinds(`${query.query} ${query.keyword}`, query.seed, query.index)
  const signs = signsFor(query)
  const count = Math.min(MAX_CANDIDATES, Math.max(0, Math.floor(query.limit)))
  return Array.from({ length: count }, (_, place) => {
    const kind = kinds[place % kinds.length] ?? 'hills'
    const variant = Math.floor(place / kinds.length)
    const number = hash32(query.seed, query.query, query.index, kind, variant)
    // Every second candidate has no icon, for people who would rather have none.
    const sign = (place % 2 === 0 ? signs[place / 2] : undefined) ?? null
    const id = `${kind}-${variant}-${number.toString(16).padStart(8, '0')}${endOf(sign)}`
    return candidate(kind, id, query.format)
  })
}

/** The symbols for a segment's words, best match first: a country's flag, quotation marks, icons of things. */
function signsFor({ query, keyword, text = '' }: FootageQuery): Sign[] {
  const flag = flagFor(`${query} ${keyword}`)
  const quotes = quoteSpans(text, text.length).some(
    ({ start, end }) =>
      isQuotation(text.slice(start, end)) && (SAYS.test(text.slice(0, start)) || SAID.test(text.slice(end))),
  )
  const icons = iconsFor(englishOf(`${query} ${keyword}`), MAX_ICONS)
  return [
    ...(flag === null ? [] : [{ kind: 'flag' as const, name: flag }]),
    ...[...(quotes ? ['quotes'] : []), ...icons].map((name) => ({ kind: 'icon' as const, name })),
  ]
}

/** True for a person's words, but not for a title or a word used in another sense; brackets don't count. */
function isQuotation(span: string): boolean {
  return !/^[(（《〈]/.test(span) && (span.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= QUOTATION
}

/** Korean words in English if they are known: icons have English names. */
function englishOf(text: string): string {
  return text.replace(/\p{Script=Hangul}+/gu, (word) => englishFor(withoutParticle(word)) ?? ' ')
}

function candidate(kind: SceneKind, id: string, format: Format): FootageCandidate {
  return {
    provider: NAME,
    id,
    kind: 'image',
    previewUrl: null,
    downloadUrl: null,
    ...pictureSize(format),
    duration: null,
    author: null,
    pageUrl: null,
    title: titleOf(kind, signOf(id)),
  }
}

function pictureOf({ id }: FootageCandidate, query: FootageQuery): Picture {
  const [, kind = '', variant = '', number = ''] =
    /^([a-z]+)-(\d{1,3})-([0-9a-f]{8})(?:(?:-(?:icon|flag)_[a-z0-9-]+)?-plain)?$/.exec(id) ?? []
  if (!isSceneKind(kind))
    throw new ProviderError(NAME, 'nothing_found', 'That built-in artwork no longer exists.')
  return {
    kind,
    number: hash32(variant, number),
    seed: query.seed,
    format: query.format,
    sign: signOf(id),
  }
}

function titleOf(kind: SceneKind, sign: Sign | null): string {
  if (sign === null) return SCENE_TITLES[kind]
  if (sign.kind === 'icon') return `${SCENE_TITLES[kind]}, with an icon (${sign.name.replaceAll('-', ' ')})`
  const country = new Intl.DisplayNames('en', { type: 'region' }).of(sign.name.slice(0, 2).toUpperCase())
  return `The flag of ${country}`
}
