import { z } from 'zod'
import type { Service } from '../../media/download/http-failure.ts'
import { FORMATS, type Format } from '../../model/formats.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../model/providers.ts'
import { fetchJson } from '../http.ts'
import { createRateLimiter } from '../http-rate-limit.ts'
import { stockProvider } from './stock.ts'
import { durationSchema, idSchema, lineSchema, pageSchema, pixelsSchema, readItems } from './stock-answer.ts'
import { chooseRendition, languageOf, searchWords, smallestRendition } from './stock-choice.ts'

export interface PexelsOptions {
  apiKey: string
  /** An origin; defaults to `https://api.pexels.com`. */
  apiURL?: string | null
  /** Seconds without progress after which it counts as down. */
  idleSeconds?: number
  /** Retries after the first attempt. */
  retries?: number
}

const PEXELS: Service = { name: 'pexels', title: 'Pexels', setting: 'PEXELS_API_KEY' }
const API = 'https://api.pexels.com'

/** Older videos still link to Vimeo's player, which Pexels used for them. */
const MEDIA_HOSTS = ['pexels.com', 'player.vimeo.com']

/** How many results are requested: enough to choose from, within the maximum of 80. */
const PER_PAGE = 30
/**
 * Maximum length of a query in characters; the documentation gives no limit, and stock searches use the first few words.
 */
const MAX_QUERY = 200

const LOCALES = { ko: 'ko-KR', ja: 'ja-JP', zh: 'zh-CN' }

/**
 * Footage from Pexels: https://www.pexels.com/api/documentation/. Create one object per API key: it holds the request
 * limit.
 */
export function createPexels(options: PexelsOptions): FootageProvider {
  const limiter = createRateLimiter(PEXELS)
  const base = options.apiURL || API

  async function search(path: string, query: FootageQuery, anyOrientation: boolean, signal: AbortSignal) {
    const words = searchWords(query, MAX_QUERY)
    if (words === '') return null
    const url = new URL(path, base)
    url.searchParams.set('query', words)
    url.searchParams.set('per_page', String(PER_PAGE))
    const language = languageOf(words)
    if (language !== null) url.searchParams.set('locale', LOCALES[language])
    if (!anyOrientation) url.searchParams.set('orientation', FORMATS[query.format].orientation)
    return fetchJson({
      service: PEXELS,
      url,
      headers: { authorization: options.apiKey },
      signal,
      limiter,
      ...(options.idleSeconds === undefined ? {} : { idleSeconds: options.idleSeconds }),
      ...(options.retries === undefined ? {} : { retries: options.retries }),
    })
  }

  return stockProvider({
    service: PEXELS,
    mediaHosts: MEDIA_HOSTS,
    overriddenOrigin: options.apiURL ? new URL(options.apiURL).origin : null,
    async videos(query, anyOrientation, signal) {
      const answer = await search('/v1/videos/search', query, anyOrientation, signal)
      if (answer === null) return []
      return readItems(answer, 'videos', videoSchema, PEXELS).flatMap((video) => videoCandidate(video, query))
    },
    async images(query, anyOrientation, signal) {
      const answer = await search('/v1/search', query, anyOrientation, signal)
      if (answer === null) return []
      return readItems(answer, 'photos', photoSchema, PEXELS).map((photo) => photoCandidate(photo, query))
    },
  })
}

const videoSchema = z.object({
  id: idSchema,
  width: pixelsSchema.optional(),
  height: pixelsSchema.optional(),
  duration: durationSchema,
  url: pageSchema.optional(),
  image: z.string().nullable().catch(null).optional(),
  user: z.object({ name: lineSchema.optional() }).nullable().catch(null).optional(),
  video_files: z.array(z.unknown()),
  video_pictures: z
    .array(z.object({ picture: z.string() }))
    .catch([])
    .optional(),
})

const fileSchema = z.object({
  link: z.url(),
  file_type: z.string().nullish(),
  quality: z.string().nullish(),
  width: pixelsSchema,
  height: pixelsSchema,
  size: z.number().nonnegative().nullish().catch(null),
})

function videoCandidate(video: z.infer<typeof videoSchema>, query: FootageQuery): FootageCandidate[] {
  const files = video.video_files.flatMap((file) => {
    const { data } = fileSchema.safeParse(file)
    // Streaming playlists are listed among the files, but aren't videos themselves.
    if (!data || data.quality === 'hls' || !/^video\//.test(data.file_type ?? 'video/mp4')) return []
    const { width = 0, height = 0 } = video
    return [{ ...data, url: data.link, width: data.width || width, height: data.height || height }]
  })
  const file = chooseRendition(files, query.format)
  if (!file) return []
  return [
    {
      provider: PEXELS.name,
      id: video.id,
      kind: 'video',
      previewUrl: video.image || video.video_pictures?.[0]?.picture || null,
      downloadUrl: file.url,
      smallUrl: smallestRendition(files)?.url ?? null,
      width: file.width,
      height: file.height,
      duration: video.duration,
      author: video.user?.name ?? null,
      pageUrl: video.url ?? null,
      title: titleOf(video.url ?? null) ?? searchWords(query, MAX_QUERY),
    },
  ]
}

const photoSchema = z.object({
  id: idSchema,
  width: pixelsSchema,
  height: pixelsSchema,
  url: pageSchema.optional(),
  alt: lineSchema.optional(),
  photographer: lineSchema.optional(),
  src: z.object({
    original: z.url(),
    large2x: z.url().nullish().catch(null),
    medium: z.url().nullish().catch(null),
    small: z.url().nullish().catch(null),
  }),
})

function photoCandidate(photo: z.infer<typeof photoSchema>, query: FootageQuery): FootageCandidate {
  return {
    provider: PEXELS.name,
    // Photos and videos are numbered separately.
    id: `photo-${photo.id}`,
    kind: 'image',
    previewUrl: photo.src.medium ?? photo.src.small ?? null,
    ...fittingPhoto(photo, query.format),
    duration: null,
    author: photo.photographer ?? null,
    pageUrl: photo.url ?? null,
    title: photo.alt ?? titleOf(photo.url ?? null) ?? searchWords(query, MAX_QUERY),
  }
}

/** Extra size for the slow zoom over a still, as a factor. */
const ZOOM_ROOM = 1.25
/** Maximum pixels per side; some originals are too large to be worth decoding. */
const MAX_SIDE = 6000

/**
 * The photo in the smallest size that fills the frame. Pexels' image server scales by the `w` in its own addresses
 * (`…?auto=compress&cs=tinysrgb&w=…`); from other servers, the addresses are used as listed.
 */
function fittingPhoto({ src, width, height }: z.infer<typeof photoSchema>, format: Format) {
  const frame = FORMATS[format]
  const scale = Math.max(frame.width / width, frame.height / height) * ZOOM_ROOM
  const original = URL.parse(src.original)
  if (original?.hostname === 'images.pexels.com' && width > 0 && height > 0 && scale < 1) {
    const scaled = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) }
    original.search = `?auto=compress&cs=tinysrgb&w=${scaled.width}`
    return { downloadUrl: original.href, ...scaled }
  }
  if (src.large2x && Math.max(width, height) > MAX_SIDE)
    return { downloadUrl: src.large2x, width: 1880, height: 1300 }
  return { downloadUrl: src.original, width, height }
}

/** `…/video/drone-footage-of-a-beach-123456/` → `Drone footage of a beach`; null for a page without words. */
function titleOf(page: string | null): string | null {
  const slug =
    URL.parse(page ?? '')
      ?.pathname.split('/')
      .filter((part) => part !== '')
      .at(-1) ?? ''
  const words = slug
    .replace(/-?\d+$/, '')
    .replaceAll('-', ' ')
    .trim()
  return words === '' ? null : words.charAt(0).toUpperCase() + words.slice(1)
}
