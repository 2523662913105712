import { z } from 'zod'
import type { Service } from '../../media/download/http-failure.ts'
import { FORMATS, type Format } from '../../model/formats.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../model/providers.ts'
import { fetchJson } from '../http.ts'
import { createRateLimiter } from '../http-rate-limit.ts'
import { createAnswerCache } from './answer-cache.ts'
import { stockProvider } from './stock.ts'
import { durationSchema, idSchema, lineSchema, pageSchema, pixelsSchema, readItems } from './stock-answer.ts'
import { chooseRendition, languageOf, searchWords, smallestRendition } from './stock-choice.ts'

export interface PixabayOptions {
  apiKey: string
  /** An origin; defaults to `https://pixabay.com`. */
  apiURL?: string | null
  /**
   * Folder for answers, which Pixabay's terms require to be cached for 24 hours; null for no cache, for a single request.
   */
  cacheDir: string | null
  /** Called with the file in that folder that contains an answer. */
  onAnswer?: (file: string) => void
  /** Seconds without progress after which it counts as down. */
  idleSeconds?: number
  /** Retries after the first attempt. */
  retries?: number
  /** The current time in milliseconds since 1970, for the age of answers. */
  now?: () => number
}

const PIXABAY: Service = { name: 'pixabay', title: 'Pixabay', setting: 'PIXABAY_API_KEY' }
const API = 'https://pixabay.com'

/** `pixabay.com/get/…` for photos, `cdn.pixabay.com` for videos and previews. */
const MEDIA_HOSTS = ['pixabay.com']
const DAY = 24 * 3600 * 1000
/**
 * The period over which requests are counted, in seconds (100 a minute, according to the documentation), plus one to
 * spare.
 */
const WINDOW = 61
/** How many results are requested, of the 3 to 200 allowed. */
const PER_PAGE = 30
/** Maximum length of a query in characters, according to the documentation. */
const MAX_QUERY = 100

type Parameters = Record<string, string>

/**
 * Footage from Pixabay: https://pixabay.com/api/docs/. Create one object per API key: it holds the request limit. The key
 * is part of every address, so no address is stored, logged or shown.
 */
export function createPixabay(options: PixabayOptions): FootageProvider {
  const limiter = createRateLimiter({ ...PIXABAY, longestWait: WINDOW })
  const base = options.apiURL || API
  const { cacheDir, now, onAnswer } = options
  const cache = cacheDir === null ? null : createAnswerCache(cacheDir, DAY, now, onAnswer)

  async function ask(path: string, parameters: Parameters, signal: AbortSignal): Promise<unknown> {
    const url = new URL(path, base)
    url.search = new URLSearchParams({ key: options.apiKey, ...parameters }).toString()
    const answer = await fetchJson({
      service: PIXABAY,
      url,
      signal,
      limiter,
      longestWait: WINDOW,
      // Pixabay answers an invalid key with 400 and a line of text.
      classify: (status, body) => (status === 400 && /api key/i.test(body) ? 'unauthorized' : null),
      ...(options.idleSeconds === undefined ? {} : { idleSeconds: options.idleSeconds }),
      ...(options.retries === undefined ? {} : { retries: options.retries }),
    })
    // Also checked here, so that an answer in another shape isn't cached for a day.
    readItems(answer, 'hits', z.unknown(), PIXABAY)
    return answer
  }

  async function search(path: string, query: FootageQuery, extra: Parameters, signal: AbortSignal) {
    const words = searchWords(query, MAX_QUERY)
    if (words === '') return { hits: [] }
    const language = languageOf(words)
    const parameters: Parameters = {
      q: words,
      per_page: String(PER_PAGE),
      safesearch: 'true',
      ...(language === null ? {} : { lang: language }),
      ...extra,
    }
    const request = `${new URL(path, base).href}?${new URLSearchParams(parameters)}`
    const fetch = () => ask(path, parameters, signal)
    return cache ? cache.through(request, fetch) : fetch()
  }

  return stockProvider({
    service: PIXABAY,
    mediaHosts: MEDIA_HOSTS,
    overriddenOrigin: options.apiURL ? new URL(options.apiURL).origin : null,
    async videos(query, anyOrientation, signal) {
      // The video search has no orientation parameter, so a wider search would be the same.
      if (anyOrientation) return []
      const answer = await search('/api/videos/', query, {}, signal)
      return readItems(answer, 'hits', videoSchema, PIXABAY).flatMap((hit) =>
        videoCandidate(hit, query.format),
      )
    },
    async images(query, anyOrientation, signal) {
      const orientation = anyOrientation ? 'all' : ORIENTATIONS[FORMATS[query.format].orientation]
      const answer = await search('/api/', query, { image_type: 'photo', orientation }, signal)
      return readItems(answer, 'hits', photoSchema, PIXABAY).flatMap((hit) =>
        photoCandidate(hit, query.format),
      )
    },
    async renew(candidate, query, signal) {
      const id = candidate.id.replace(PHOTO, '')
      const answer = await ask(candidate.kind === 'image' ? '/api/' : '/api/videos/', { id }, signal)
      const found =
        candidate.kind === 'image'
          ? readItems(answer, 'hits', photoSchema, PIXABAY).flatMap((hit) =>
              photoCandidate(hit, query.format),
            )
          : readItems(answer, 'hits', videoSchema, PIXABAY).flatMap((hit) =>
              videoCandidate(hit, query.format),
            )
      return found.find((item) => item.id === candidate.id)?.downloadUrl ?? null
    },
  })
}

const ORIENTATIONS = { portrait: 'vertical', landscape: 'horizontal', square: 'all' }
/** Photos and videos are numbered separately. */
const PHOTO = 'photo-'

/** A missing size has an empty address and no pixels. */
const renditionSchema = z
  .object({
    url: z.string(),
    width: pixelsSchema,
    height: pixelsSchema,
    size: z.number().nonnegative().nullish().catch(null),
    thumbnail: z.url().nullish().catch(null),
  })
  .nullish()
  .catch(null)

const hitSchema = z.object({
  id: idSchema,
  pageURL: pageSchema.optional(),
  tags: lineSchema.optional(),
  user: lineSchema.optional(),
})

const videoSchema = hitSchema.extend({
  duration: durationSchema,
  videos: z.object({
    large: renditionSchema,
    medium: renditionSchema,
    small: renditionSchema,
    tiny: renditionSchema,
  }),
})

function videoCandidate(hit: z.infer<typeof videoSchema>, format: Format): FootageCandidate[] {
  const { large, medium, small, tiny } = hit.videos
  const renditions = [tiny, small, medium, large].filter(
    (rendition) => rendition !== null && rendition !== undefined,
  )
  const chosen = chooseRendition(renditions, format)
  if (!chosen) return []
  const thumbnail = renditions.find((rendition) => rendition.thumbnail)?.thumbnail ?? null
  return [
    {
      ...credits(hit),
      id: hit.id,
      kind: 'video',
      previewUrl: small?.thumbnail ?? thumbnail,
      downloadUrl: chosen.url,
      smallUrl: smallestRendition(renditions)?.url ?? null,
      width: chosen.width,
      height: chosen.height,
      duration: hit.duration,
    },
  ]
}

const addressSchema = z.url().nullish().catch(null)

const photoSchema = hitSchema.extend({
  imageWidth: pixelsSchema,
  imageHeight: pixelsSchema,
  previewURL: addressSchema,
  webformatURL: addressSchema,
  largeImageURL: addressSchema,
  /** These two are only for accounts with full API access. */
  fullHDURL: addressSchema,
  imageURL: addressSchema,
})

function photoCandidate(hit: z.infer<typeof photoSchema>, format: Format): FootageCandidate[] {
  const sizes = [
    { url: hit.largeImageURL, side: 1280 },
    { url: hit.fullHDURL, side: 1920 },
    { url: hit.imageURL, side: Number.POSITIVE_INFINITY },
  ]
  const chosen = chooseRendition(
    sizes.map(({ url, side }) => {
      const scale = Math.min(1, side / Math.max(hit.imageWidth, hit.imageHeight, 1))
      return {
        url: url ?? '',
        width: Math.round(hit.imageWidth * scale),
        height: Math.round(hit.imageHeight * scale),
      }
    }),
    format,
  )
  if (!chosen) return []
  return [
    {
      ...credits(hit),
      id: `${PHOTO}${hit.id}`,
      kind: 'image',
      previewUrl: hit.webformatURL ?? hit.previewURL ?? null,
      downloadUrl: chosen.url,
      width: chosen.width,
      height: chosen.height,
      duration: null,
    },
  ]
}

function credits(hit: z.infer<typeof hitSchema>) {
  return {
    provider: PIXABAY.name,
    author: hit.user ?? null,
    pageUrl: hit.pageURL ?? null,
    title: hit.tags ?? `Footage ${hit.id} on Pixabay`,
  }
}
