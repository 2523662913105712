import { type Loopback, type RecordedRequest, type Reply, startLoopback } from './loopback.ts'
import { mediaReply, SOME_BYTES, type StockPhoto, type StockVideo } from './stock/library.ts'

export const PIXABAY_TEST_KEY = '12345678-0123456789abcdef'

export interface PixabayServer extends Loopback {
  videos: StockVideo[]
  photos: StockPhoto[]
  /** The allowance in the response headers; each search reduces it. */
  allowance: { limit: number; remaining: number; resetSeconds: number }
  /** Photo addresses stop working when this number changes, as the real ones do after a day. */
  generation: number
  searches(): RecordedRequest[]
}

const SEARCHES = ['/api/', '/api/videos/']

/** A stand-in for pixabay.com's API (and its media hosts), following https://pixabay.com/api/docs/. */
export async function startPixabay(): Promise<PixabayServer> {
  const loopback = await startLoopback((request, origin) => {
    if (!SEARCHES.includes(request.path)) return media(request, server)
    const { query } = request
    if (query.get('key') !== PIXABAY_TEST_KEY) {
      return error('Invalid or missing API key (https://pixabay.com/api/docs/).')
    }
    const perPage = Number(query.get('per_page') ?? 20)
    if ((query.get('q') ?? '').length > 100) return error('"q" is out of valid range.')
    if (!(perPage >= 3 && perPage <= 200)) return error('"per_page" is out of valid range.')
    const orientation = query.get('orientation') ?? 'all'
    if (!['all', 'horizontal', 'vertical'].includes(orientation))
      return error('"orientation" is out of valid range.')
    server.allowance.remaining = Math.max(0, server.allowance.remaining - 1)
    const headers = {
      'x-ratelimit-limit': String(server.allowance.limit),
      'x-ratelimit-remaining': String(server.allowance.remaining),
      'x-ratelimit-reset': String(server.allowance.resetSeconds),
    }
    const isWanted = filter(query.get('q'), query.get('id'))
    const hits =
      request.path === '/api/videos/'
        ? server.videos.filter(isWanted).map((video) => videoHit(video, origin))
        : server.photos
            .filter(
              (photo) => orientation === 'all' || (orientation === 'vertical') === photo.height > photo.width,
            )
            .filter(isWanted)
            .map((photo) => photoHit(photo, origin, server.generation))
    return { headers, body: { total: hits.length, totalHits: hits.length, hits: hits.slice(0, perPage) } }
  })
  const server: PixabayServer = Object.assign(loopback, {
    videos: [],
    photos: [],
    allowance: { limit: 100, remaining: 100, resetSeconds: 60 },
    generation: 1,
    searches: () => loopback.requests.filter(({ path }) => SEARCHES.includes(path)),
  })
  return server
}

function filter(q: string | null, id: string | null) {
  const wanted = (q ?? '').toLowerCase().split(' ')
  return (item: { id: number; words: string }) =>
    id === null ? wanted.some((word) => item.words.toLowerCase().includes(word)) : String(item.id) === id
}

function error(message: string): Reply {
  return {
    status: 400,
    body: `[ERROR 400] ${message}`,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  }
}

function videoHit(video: StockVideo, origin: string) {
  const nothing = { url: '', width: 0, height: 0, size: 0, thumbnail: '' }
  const names = ['large', 'medium', 'small', 'tiny'] as const
  const renditions = names.map((name, index) => {
    const [width, height] = video.sizes[index] ?? [0, 0]
    const address = `${origin}/video/2023/05/02/${video.id}_${name}`
    const size = width * height * video.duration
    return [
      name,
      width === 0 ? nothing : { url: `${address}.mp4`, width, height, size, thumbnail: `${address}.jpg` },
    ]
  })
  return {
    id: video.id,
    pageURL: `https://pixabay.com/videos/id-${video.id}/`,
    type: 'film',
    tags: video.words.split(' ').join(', '),
    duration: video.duration,
    videos: Object.fromEntries(renditions),
    views: 4462,
    downloads: 1464,
    likes: 18,
    comments: 0,
    user_id: 1,
    user: video.author ?? 'Coverr-Free-Footage',
    userImageURL: '',
  }
}

function photoHit(photo: StockPhoto, origin: string, generation: number) {
  const scale = Math.min(1, 640 / Math.max(photo.width, photo.height))
  return {
    id: photo.id,
    pageURL: `https://pixabay.com/photos/id-${photo.id}/`,
    type: 'photo',
    tags: photo.words.split(' ').join(', '),
    previewURL: `${origin}/photo/${photo.id}_150.jpg`,
    webformatURL: `${origin}/get/${generation}/${photo.id}_640.jpg`,
    webformatWidth: Math.round(photo.width * scale),
    webformatHeight: Math.round(photo.height * scale),
    largeImageURL: `${origin}/get/${generation}/${photo.id}_1280.jpg`,
    imageWidth: photo.width,
    imageHeight: photo.height,
    imageSize: 4_731_420,
    user_id: 2,
    user: photo.author ?? 'Josch13',
  }
}

function media({ path, headers }: RecordedRequest, server: PixabayServer): Reply {
  const name = path.split('/').at(-1) ?? ''
  const id = Number.parseInt(name, 10)
  if (path.startsWith('/get/') && !path.startsWith(`/get/${server.generation}/`))
    return { status: 400, body: 'expired' }
  const isVideo = name.endsWith('.mp4')
  const item = isVideo
    ? server.videos.find((video) => video.id === id)
    : server.photos.find((photo) => photo.id === id)
  if (isVideo && !item) return { status: 404, body: 'gone' }
  return mediaReply(item?.bytes ?? SOME_BYTES, isVideo ? 'video/mp4' : 'image/jpeg', headers.range)
}
