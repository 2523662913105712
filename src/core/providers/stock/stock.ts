import { download } from '../../media/download/download.ts'
import type { Service } from '../../media/download/http-failure.ts'
import { ProviderError } from '../../model/errors.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../model/providers.ts'
import { createOutage } from '../outage.ts'
import { isLongEnough, MAX_IMAGE_BYTES, MAX_VIDEO_BYTES, rankImages, rankVideos } from './stock-choice.ts'

/** The differences between the stock sites. */
export interface StockSite {
  service: Service
  /** Hosts that serve the site's media, including their subdomains. */
  mediaHosts: readonly string[]
  /** The origin of an overridden API address, otherwise null. */
  overriddenOrigin: string | null
  /** In the site's order; `anyOrientation` widens a search that found nothing. */
  videos(query: FootageQuery, anyOrientation: boolean, signal: AbortSignal): Promise<FootageCandidate[]>
  images(query: FootageQuery, anyOrientation: boolean, signal: AbortSignal): Promise<FootageCandidate[]>
  /** A current address for a file whose old one no longer works; null if there is none. */
  renew?(candidate: FootageCandidate, query: FootageQuery, signal: AbortSignal): Promise<string | null>
}

/** Timeout per file in seconds; on a slow connection a large video takes minutes. */
const DOWNLOAD_SECONDS = { video: 300, image: 90, preview: 30, small: 60 }
const MAX_PREVIEW_BYTES = 10_000_000
const MAX_SMALL_BYTES = 60_000_000

/** A footage provider for a stock site: videos first, photos if too few videos fit. */
export function stockProvider(site: StockSite): FootageProvider {
  const searches = createOutage()
  // One file that can't be downloaded says little about the others.
  const downloads = createOutage({ failures: 2 })
  return {
    name: site.service.name,
    isMetered: true,

    search: async (query, signal) => {
      signal.throwIfAborted()
      return searches(query.insist, () => search(site, query, signal))
    },

    fetch: (candidate, query, file, signal) =>
      downloads(query.insist, () => fetchFile(site, candidate, query, file, signal)),

    async thumbnail(candidate, _query, file, signal) {
      const url = candidate.previewUrl ?? (candidate.kind === 'image' ? candidate.downloadUrl : null)
      if (url === null) throw nothing(site, 'has no preview of this footage')
      await get(site, url, 'preview', file, signal)
    },

    async preview(candidate, query, file, signal) {
      if (!candidate.smallUrl) return fetchFile(site, candidate, query, file, signal)
      await get(site, candidate.smallUrl, 'small', file, signal)
    },
  }
}

async function search(
  site: StockSite,
  query: FootageQuery,
  signal: AbortSignal,
): Promise<FootageCandidate[]> {
  for (const anyOrientation of [false, true]) {
    const found = await searchOnce(site, query, anyOrientation, signal)
    if (found.length > 0) return found
  }
  return []
}

async function fetchFile(
  site: StockSite,
  candidate: FootageCandidate,
  query: FootageQuery,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  if (candidate.downloadUrl === null) throw nothing(site, 'has no file for this footage')
  try {
    await get(site, candidate.downloadUrl, candidate.kind, file, signal)
  } catch (error) {
    const expired = error instanceof ProviderError && error.failure === 'bad_answer'
    const url = expired ? await site.renew?.(candidate, query, signal).catch(() => null) : null
    signal.throwIfAborted()
    if (!url || url === candidate.downloadUrl) throw error
    await get(site, url, candidate.kind, file, signal)
  }
}

async function searchOnce(
  site: StockSite,
  query: FootageQuery,
  anyOrientation: boolean,
  signal: AbortSignal,
): Promise<FootageCandidate[]> {
  const videos = rankVideos(distinct(await site.videos(query, anyOrientation, signal)), query)
  const fitting = videos.filter((video) => isLongEnough(video, query))
  if (fitting.length >= query.limit) return fitting.slice(0, query.limit)
  const images = await site.images(query, anyOrientation, signal).catch((error: unknown) => {
    // If there are videos, a failed search for photos is no reason to return nothing.
    if (videos.length > 0 && error instanceof ProviderError) return []
    throw error
  })
  const short = videos.filter((video) => !isLongEnough(video, query))
  return [...fitting, ...rankImages(distinct(images), query.format), ...short].slice(0, query.limit)
}

function get(
  site: StockSite,
  url: string,
  kind: keyof typeof DOWNLOAD_SECONDS,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  return download({
    service: site.service,
    url,
    allowedHosts: site.mediaHosts,
    allowHttpFor: site.overriddenOrigin,
    file,
    maxBytes: {
      ...{ video: MAX_VIDEO_BYTES, image: MAX_IMAGE_BYTES },
      ...{ preview: MAX_PREVIEW_BYTES, small: MAX_SMALL_BYTES },
    }[kind],
    maxSeconds: DOWNLOAD_SECONDS[kind],
    signal,
  })
}

function nothing(site: StockSite, what: string): ProviderError {
  return new ProviderError(site.service.name, 'nothing_found', `${site.service.title} ${what}.`)
}

function distinct(candidates: readonly FootageCandidate[]): FootageCandidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()]
}
