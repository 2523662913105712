import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { withRetries } from '../../media/download/http-retry.ts'
import { PRIVACIES, type UploadedVideo, type UploadTarget } from '../../model/upload-target.ts'
import { readJson, requestJson, requestOnce, type YouTubeRequest } from './api.ts'
import { checkDetails, resourceOf } from './metadata.ts'
import { FORCE_SSL } from './oauth.ts'
import { type ResumableUpload, uploadResumably } from './resumable.ts'

/**
 * Size of one piece of a film in bytes;
 * https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol#Uploading_Chunks
 */
const PIECE = 8 * 1024 ** 2

const Video = z.object({
  id: z.string().regex(/^[\w-]{1,60}$/),
  status: z.object({ privacyStatus: z.enum(PRIVACIES) }),
})

export interface YouTubeOptions {
  /** An origin. */
  apiURL: string
  /** Whether the address was overridden. */
  isOverridden: boolean
  /** A multiple of 256 KiB. */
  pieceBytes?: number
  wait?: ResumableUpload['wait']
}

/** The YouTube Data API v3: https://developers.google.com/youtube/v3/docs */
export function createYouTubeUploads(options: YouTubeOptions): UploadTarget {
  const { apiURL, isOverridden, pieceBytes = PIECE, wait } = options
  const at = (path: string) => new URL(path, apiURL)
  const send = (request: YouTubeRequest) =>
    withRetries(() => requestOnce(request), { signal: request.signal, retries: 3, firstDelay: 1000 })

  return {
    check: checkDetails,

    async upload(film, details, session, { access, signal, onProgress }) {
      const text = await uploadResumably({
        ...{ film, session, access, signal, pieceBytes, metadata: resourceOf(details) },
        url: at('/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status'),
        overriddenOrigin: isOverridden ? apiURL : null,
        ...(onProgress && { onProgress }),
        ...(wait && { wait }),
      })
      return uploadedOf(readJson(text, Video))
    },

    // https://developers.google.com/youtube/v3/docs/thumbnails/set
    async setPoster(videoId, picture, { access, signal }) {
      await send({
        ...{ access, signal, method: 'POST', body: new Uint8Array(picture) },
        url: at(`/upload/youtube/v3/thumbnails/set?uploadType=media&videoId=${encodeURIComponent(videoId)}`),
        headers: { 'content-type': 'image/jpeg' },
      })
    },

    canCaption: (scopes) => scopes.includes(FORCE_SSL),

    // https://developers.google.com/youtube/v3/docs/captions/insert; 409 captionExists: an earlier try got through.
    async addCaptions(videoId, subtitles, language, { access, signal }) {
      const boundary = randomUUID()
      const snippet = { videoId, language, name: '', isDraft: false }
      await send({
        ...{ access, signal, method: 'POST', accepts: [409] },
        url: at('/upload/youtube/v3/captions?uploadType=multipart&part=snippet'),
        headers: { 'content-type': `multipart/related; boundary=${boundary}` },
        body: new Uint8Array(
          Buffer.concat([
            Buffer.from(`--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n`),
            Buffer.from(JSON.stringify({ snippet })),
            Buffer.from(`\r\n--${boundary}\r\ncontent-type: application/octet-stream\r\n\r\n`),
            subtitles,
            Buffer.from(`\r\n--${boundary}--\r\n`),
          ]),
        ),
      })
    },

    // https://developers.google.com/youtube/v3/docs/videos/update: fields that a part omits are deleted.
    async update(videoId, details, { access, signal }) {
      const body = JSON.stringify({ id: videoId, ...resourceOf(details) })
      const url = at('/youtube/v3/videos?part=snippet,status')
      const headers = { 'content-type': 'application/json; charset=UTF-8' }
      return uploadedOf(await requestJson({ url, access, signal, method: 'PUT', body, headers }, Video))
    },
  }
}

function uploadedOf({ id, status }: z.infer<typeof Video>): UploadedVideo {
  return { id, address: `https://youtu.be/${id}`, privacy: status.privacyStatus }
}
