import { type Loopback, type RecordedRequest, type Reply, startLoopback } from './loopback.ts'
import { mediaReply, SOME_BYTES, type StockPhoto, type StockVideo } from './stock/library.ts'

export const PEXELS_TEST_KEY = 'pexels-0123456789abcdef'

export interface PexelsServer extends Loopback {
  videos: StockVideo[]
  photos: StockPhoto[]
  /** The allowance in the response headers; each search reduces it. Omitted when null. */
  allowance: { limit: number; remaining: number; resetSeconds: number } | null
  /** The searches made, without downloads. */
  searches(): RecordedRequest[]
}

const SEARCHES = ['/v1/videos/search', '/videos/search', '/v1/search']

/** A stand-in for api.pexels.com (and its media hosts), following https://www.pexels.com/api/documentation/. */
export async function startPexels(): Promise<PexelsServer> {
  const loopback = await startLoopback((request, origin) => {
    if (request.path.startsWith('/video-files/') || request.path.startsWith('/photos/'))
      return media(request, server)
    if (request.headers.authorization !== PEXELS_TEST_KEY)
      return { status: 401, body: { error: 'Unauthorized' } }
    if (!SEARCHES.includes(request.path)) return { status: 404, body: { status: 404, error: 'Not Found' } }
    const { query } = request
    const perPage = Number(query.get('per_page') ?? 15)
    const orientation = query.get('orientation')
    if (!query.get('query')) return { status: 400, body: { status: 400, code: 'Query parameter missing' } }
    if (!(perPage >= 1 && perPage <= 80)) return { status: 400, body: { status: 400, code: 'Bad per_page' } }
    if (orientation && !['landscape', 'portrait', 'square'].includes(orientation)) {
      return { status: 400, body: { status: 400, code: 'Bad orientation' } }
    }
    const matches = fits(query.get('query') ?? '', orientation)
    const page = { page: 1, per_page: perPage }
    const headers = allowanceHeaders(server)
    if (request.path === '/v1/search') {
      const photos = server.photos.filter((photo) => matches(photo.words, [photo.width, photo.height]))
      const listed = photos.slice(0, perPage).map((photo) => photoItem(photo, origin))
      return { headers, body: { ...page, total_results: photos.length, photos: listed } }
    }
    const videos = server.videos.filter((video) => matches(video.words, video.sizes[0] ?? [0, 0]))
    const listed = videos.slice(0, perPage).map((video) => videoItem(video, origin))
    return {
      headers,
      body: { ...page, total_results: videos.length, url: 'https://www.pexels.com/', videos: listed },
    }
  })
  const server: PexelsServer = Object.assign(loopback, {
    videos: [],
    photos: [],
    allowance: null,
    searches: () => loopback.requests.filter(({ path }) => SEARCHES.includes(path)),
  })
  return server
}

function fits(query: string, orientation: string | null) {
  const wanted = query.toLowerCase().split(' ')
  return (words: string, [width, height]: readonly [number, number]) => {
    if (orientation === 'landscape' && width <= height) return false
    if (orientation === 'portrait' && width >= height) return false
    if (orientation === 'square' && width !== height) return false
    return wanted.some((word) => words.toLowerCase().includes(word))
  }
}

function allowanceHeaders(server: PexelsServer): Record<string, string> {
  const { allowance } = server
  if (!allowance) return {}
  allowance.remaining = Math.max(0, allowance.remaining - 1)
  return {
    'x-ratelimit-limit': String(allowance.limit),
    'x-ratelimit-remaining': String(allowance.remaining),
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000 + allowance.resetSeconds)),
  }
}

function slug(words: string): string {
  return words.toLowerCase().replaceAll(' ', '-')
}

function videoItem(video: StockVideo, origin: string) {
  const [width, height] = video.sizes[0] ?? [0, 0]
  const files = video.sizes.map(([w, h], index) => ({
    id: video.id * 10 + index,
    quality: h >= 2160 ? 'uhd' : h >= 720 ? 'hd' : 'sd',
    file_type: 'video/mp4',
    width: w,
    height: h,
    fps: 29.97,
    link: `${origin}/video-files/${video.id}/${video.id}-${w}_${h}_30fps.mp4`,
    size: w * h * video.duration,
  }))
  const playlist = {
    id: video.id * 10 + 9,
    quality: 'hls',
    file_type: 'application/x-mpegURL',
    width: null,
    height: null,
  }
  return {
    id: video.id,
    width,
    height,
    duration: video.duration,
    full_res: null,
    tags: [],
    url: `https://www.pexels.com/video/${slug(video.words)}-${video.id}/`,
    image: `${origin}/photos/${video.id}/poster.jpeg?auto=compress&w=1200`,
    avg_color: null,
    user: { id: 1, name: video.author ?? 'Ana Example', url: 'https://www.pexels.com/@ana' },
    video_files: [
      { ...playlist, fps: null, link: `${origin}/video-files/${video.id}/master.m3u8` },
      ...files,
    ],
    video_pictures: [{ id: 1, nr: 0, picture: `${origin}/photos/${video.id}/preview-0.jpg` }],
  }
}

function photoItem(photo: StockPhoto, origin: string) {
  const address = `${origin}/photos/${photo.id}/pexels-photo-${photo.id}.jpeg`
  return {
    id: photo.id,
    width: photo.width,
    height: photo.height,
    url: `https://www.pexels.com/photo/${slug(photo.words)}-${photo.id}/`,
    photographer: photo.author ?? 'Ben Example',
    photographer_url: 'https://www.pexels.com/@ben',
    photographer_id: 2,
    avg_color: '#7E7F7B',
    src: {
      original: address,
      large2x: `${address}?auto=compress&dpr=2&h=650&w=940`,
      medium: `${address}?auto=compress&h=350`,
      small: `${address}?auto=compress&h=130`,
    },
    liked: false,
    alt: photo.words,
  }
}

function media(request: RecordedRequest, server: PexelsServer): Reply {
  const id = Number(request.path.split('/')[2])
  const isVideo = request.path.endsWith('.mp4')
  const item = isVideo
    ? server.videos.find((video) => video.id === id)
    : server.photos.find((photo) => photo.id === id)
  if (isVideo && !item) return { status: 404, body: 'gone' }
  return mediaReply(item?.bytes ?? SOME_BYTES, isVideo ? 'video/mp4' : 'image/jpeg', request.headers.range)
}
