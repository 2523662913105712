import { ProviderError } from '../../../model/errors.ts'
import type { Format } from '../../../model/formats.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../../model/providers.ts'
import { type KeptWorker, keptWorker } from '../kept-worker.ts'
import { isPlain, PLAIN } from './drawn-over.ts'
import type { Picture } from './picture.ts'
import { pictureSize } from './picture-size.ts'
import { hash32 } from './random.ts'
import { isSceneKind, rankKinds, type SceneKind } from './scene-kinds.ts'

export interface DrawTask {
  picture: Picture
  isPreview: boolean
  file: string
}

export interface DrawnFootage extends FootageProvider {
  /** Ends the drawing thread. It would end by itself when idle, and does not keep the process alive. */
  close(): Promise<void>
}

const NAME = 'drawn'
/** Scenes that can be asked for at once; each kind in several variants. */
const MAX_CANDIDATES = 100

/**
 * The embedded footage: still pictures, drawn here and moved by the renderer. Needs no key and no network. An id
 * (`rings-3-1a2b3c4d-plain`) decides the scene; with the draft's id and the format it decides every byte.
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
  const count = Math.min(MAX_CANDIDATES, Math.max(0, Math.floor(query.limit)))
  return Array.from({ length: count }, (_, place) => {
    const kind = kinds[place % kinds.length] ?? 'hills'
    const variant = Math.floor(place / kinds.length)
    const number = hash32(query.seed, query.query, query.index, kind, variant)
    return candidate(kind, `${kind}-${variant}-${number.toString(16).padStart(8, '0')}${PLAIN}`, query.format)
  })
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
    title: TITLES[kind],
  }
}

function pictureOf({ id }: FootageCandidate, query: FootageQuery): Picture {
  const [, kind = '', variant = '', number = ''] =
    /^([a-z]+)-(\d{1,3})-([0-9a-f]{8})(?:-plain)?$/.exec(id) ?? []
  if (!isSceneKind(kind))
    throw new ProviderError(NAME, 'nothing_found', 'That built-in artwork no longer exists.')
  return {
    kind,
    number: hash32(variant, number),
    seed: query.seed,
    format: query.format,
  }
}

/** What is to be seen, for people who cannot see it. */
const TITLES: Record<SceneKind, string> = {
  hills: 'Layered hills under a low sun',
  rings: 'Concentric arcs around a bright core',
  skyline: 'A city skyline in front of the moon',
  ribbons: 'Flowing bands of silk',
  constellation: 'A network of glowing points',
  papercut: 'Layers of cut paper',
  sea: 'A low sun over the sea',
  poster: 'A poster of geometric shapes',
  planets: 'A ringed planet among stars',
  contours: 'Contour lines of an imagined map',
  leaves: 'Large leaves in front of a pale sun',
  blocks: 'A landscape of isometric columns',
  bokeh: 'Lights out of focus',
  halftone: 'A wave of halftone dots',
}
