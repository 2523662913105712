import { randomBytes } from 'node:crypto'
import type { RecordedRequest, Reply } from '../loopback.ts'
import { authorized, isReply, refused, spend } from './api.ts'
import { SCOPES, type Session, type Video, type World } from './world.ts'

/** https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol#Uploading_Chunks */
const MULTIPLE = 256 * 1024
const UPLOADING = [SCOPES.manage, SCOPES.upload, SCOPES.forceSsl]
const MANAGING = [SCOPES.manage, SCOPES.forceSsl]
const BOTH = 'snippet,status'

/** The part of the YouTube Data API that concerns videos; null for other requests. */
export function videoReply(world: World, request: RecordedRequest, origin: string): Reply | null {
  const { method, path, query } = request
  switch (`${method} ${path}`) {
    case 'POST /upload/youtube/v3/videos':
      return query.get('uploadType') === 'resumable'
        ? begin(world, request, origin)
        : refused(400, 'badRequest')
    case 'PUT /upload/youtube/v3/videos':
      return piece(world, request)
    case 'PUT /youtube/v3/videos':
      return update(world, request)
    case 'POST /upload/youtube/v3/thumbnails/set':
      return thumbnail(world, request)
    case 'POST /upload/youtube/v3/captions':
      return captions(world, request)
    default:
      return null
  }
}

/** Keeps the part of a piece that arrived before its connection broke, in whole multiples. */
export function keepBroken(world: World, request: RecordedRequest): void {
  const session = world.sessions.get(request.query.get('upload_id') ?? '')
  const [, start] = /^bytes (\d+)-/.exec(request.headers['content-range'] ?? '') ?? []
  if (request.method !== 'PUT' || !session || Number(start) !== session.received.length) return
  keep(session, request.body.subarray(0, wholeMultiples(request.body.length)))
}

function begin(world: World, request: RecordedRequest, origin: string): Reply {
  const token = authorized(world, request, UPLOADING)
  if (isReply(token)) return token
  const { query, headers, json } = request
  if (query.get('part') !== BOTH) return refused(400, 'unexpectedPart')
  if (world.refusal) return refused(world.refusal.status, world.refusal.reason, world.refusal.message)
  if (!world.channel) return refused(401, 'youtubeSignupRequired', 'Unauthorized')
  const total = Number(headers['x-upload-content-length'])
  if (!(total > 0) || !String(headers['x-upload-content-type']).startsWith('video/'))
    return refused(400, 'mediaBodyRequired')
  const metadata = json as Session['metadata']
  const wrong = wrongIn(world, metadata)
  if (wrong) return refused(400, wrong, `The request metadata is invalid: ${wrong}`)
  // https://developers.google.com/youtube/v3/determine_quota_cost
  const spent = spend(world, 100)
  if (spent) return spent
  const id = `ADPycd${randomBytes(24).toString('base64url')}`
  world.sessions.set(id, { metadata, total, received: Buffer.alloc(0), video: null })
  const location = `${origin}/upload/youtube/v3/videos?uploadType=resumable&part=${BOTH}&upload_id=${id}`
  return { status: 200, headers: { location }, body: '' }
}

/**
 * The others, from 18 (short movies) to 44 (trailers), are YouTube's own:
 * https://developers.google.com/youtube/v3/docs/videoCategories/list
 */
const ASSIGNABLE = /^(1|2|10|15|17|19|2[02-9])$/

/** Google's name for what is wrong with a video resource: https://developers.google.com/youtube/v3/docs/videos#properties */
function wrongIn(world: World, { snippet, status }: Session['metadata']): string | null {
  const { title, description, tags, categoryId, defaultLanguage } = snippet
  if (typeof title !== 'string' || title === '' || title.length > 100 || /[<>]/.test(title))
    return 'invalidTitle'
  if (typeof description !== 'string' || Buffer.byteLength(description) > 5000 || /[<>]/.test(description))
    return 'invalidDescription'
  if (!Array.isArray(tags) || countedTags(tags) > 500) return 'invalidTags'
  if (typeof categoryId !== 'string' || !ASSIGNABLE.test(categoryId)) return 'invalidCategoryId'
  if (typeof defaultLanguage !== 'string' || !/^[a-z]{2,3}(-[\w-]+)?$/.test(defaultLanguage))
    return 'defaultLanguageNotSet'
  const { privacyStatus, publishAt, selfDeclaredMadeForKids, containsSyntheticMedia } = status
  if (!['private', 'unlisted', 'public'].includes(String(privacyStatus))) return 'invalidVideoMetadata'
  if (typeof selfDeclaredMadeForKids !== 'boolean' || typeof containsSyntheticMedia !== 'boolean')
    return 'invalidVideoMetadata'
  if (publishAt === undefined) return null
  const isLater = Date.parse(String(publishAt)) > world.now()
  return privacyStatus === 'private' && isLater ? null : 'invalidPublishAt'
}

function countedTags(tags: unknown[]): number {
  const written = tags.map((tag) => (String(tag).includes(' ') ? `"${tag}"` : String(tag)))
  return written.join(',').length
}

function piece(world: World, request: RecordedRequest): Reply {
  const token = authorized(world, request, UPLOADING)
  if (isReply(token)) return token
  const session = world.sessions.get(request.query.get('upload_id') ?? '')
  if (!session) return { status: 404, body: 'Not Found' }
  const { body, headers } = request
  const range = String(headers['content-range'])
  if (range === `bytes */${session.total}`) return state(session)
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? []
  const [start, end] = [Number(from), Number(to) + 1]
  const isLast = end === session.total
  if (Number(total) !== session.total || end - start !== body.length || end > session.total)
    return refused(400, 'badRequest', 'Failed to parse Content-Range header.')
  if (!isLast && body.length % MULTIPLE !== 0)
    return refused(400, 'badRequest', 'The chunk size must be a multiple of 256 KiB.')
  // Sent twice, or with a gap: the bytes already received count.
  if (start !== session.received.length) return session.video ? refused(400, 'badRequest') : state(session)
  const only = world.keepsOnly
  world.keepsOnly = null
  if (only !== null) {
    keep(session, body.subarray(0, wholeMultiples(only)))
    return refused(503, 'backendError', 'Backend Error')
  }
  keep(session, body)
  if (session.received.length === session.total) finish(world, session)
  return state(session)
}

function wholeMultiples(bytes: number): number {
  return bytes - (bytes % MULTIPLE)
}

function keep(session: Session, bytes: Buffer): void {
  session.received = Buffer.concat([session.received, bytes])
}

function finish(world: World, session: Session): void {
  const { snippet, status } = session.metadata
  const video: Video = {
    ...{ id: randomBytes(8).toString('base64url'), bytes: session.received, snippet: { ...snippet } },
    status: { ...status, ...(!world.isAudited && { privacyStatus: 'private' }) },
    ...{ thumbnail: null, captions: [] },
  }
  world.videos.push(video)
  session.video = video
}

function state({ received, video }: Session): Reply {
  if (video) return { status: 200, body: resource(video) }
  const range = received.length === 0 ? {} : { range: `bytes=0-${received.length - 1}` }
  return { status: 308, headers: range, body: '' }
}

function resource({ id, snippet, status }: Video): object {
  return { kind: 'youtube#video', id, snippet, status }
}

function update(world: World, request: RecordedRequest): Reply {
  const token = authorized(world, request, MANAGING)
  if (isReply(token)) return token
  const { id, ...metadata } = request.json as { id: string } & Session['metadata']
  const video = world.videos.find((each) => each.id === id)
  if (!video) return refused(404, 'videoNotFound', 'The video cannot be found.')
  const wrong = wrongIn(world, metadata)
  if (wrong) return refused(400, wrong)
  const spent = spend(world, 50)
  if (spent) return spent
  video.snippet = metadata.snippet
  video.status = { ...metadata.status, ...(!world.isAudited && { privacyStatus: 'private' }) }
  return { body: resource(video) }
}

function thumbnail(world: World, request: RecordedRequest): Reply {
  const token = authorized(world, request, UPLOADING)
  if (isReply(token)) return token
  const video = world.videos.find(({ id }) => id === request.query.get('videoId'))
  if (!video) return refused(404, 'videoNotFound')
  // https://developers.google.com/youtube/v3/docs/thumbnails/set: at most 2 MB of JPEG or PNG.
  const { body, headers } = request
  if (!/^image\/(jpeg|png)$/.test(String(headers['content-type'])) || body.length > 2_097_152)
    return refused(400, 'invalidImage')
  const spent = spend(world, 50)
  if (spent) return spent
  video.thumbnail = body
  return { body: { kind: 'youtube#thumbnailSetResponse' } }
}

function captions(world: World, request: RecordedRequest): Reply {
  // The `youtube` scope is not enough: https://developers.google.com/youtube/v3/docs/captions/insert#auth
  const token = authorized(world, request, [SCOPES.forceSsl])
  if (isReply(token)) return token
  const [, boundary] =
    /^multipart\/related; boundary=(\S+)$/.exec(String(request.headers['content-type'])) ?? []
  if (!boundary) return refused(400, 'badContent')
  const [, first = '', second = ''] = request.body.toString().split(`--${boundary}`)
  const { snippet } = JSON.parse(first.split('\r\n\r\n')[1] ?? '{}')
  const video = world.videos.find(({ id }) => id === snippet?.videoId)
  if (!video) return refused(404, 'videoNotFound')
  if (video.captions.some(({ language, name }) => language === snippet.language && name === snippet.name))
    return refused(409, 'captionExists', 'The specified video already has a caption track with this name.')
  const text = (second.split('\r\n\r\n')[1] ?? '').replace(/\r\n$/, '')
  if (!text.includes('-->')) return refused(400, 'contentRequired')
  const spent = spend(world, 400)
  if (spent) return spent
  video.captions.push({ language: snippet.language, name: snippet.name, text })
  return { body: { kind: 'youtube#caption' } }
}
