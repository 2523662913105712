import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import type { StoredFile, World } from '../world.ts'
import {
  type Caller,
  content,
  fileJson,
  mustBeAbleToPost,
  post,
  threadRoot,
  visibleChannel,
} from './posting.ts'
import { type Answer, type Args, optional, Refusal, refuseWith, required } from './refusal.ts'

/** The three steps of https://docs.slack.dev/messaging/working-with-files#upload (the second is `receiveBytes`). */
export const files = {
  'files.getUploadURLExternal': ({ world }: Caller, args: Args): Answer => {
    const name = required(args, 'filename')
    const declaredBytes = Number(required(args, 'length'))
    if (!Number.isInteger(declaredBytes) || declaredBytes < 1) {
      refuseWith('invalid_arguments', ['[ERROR] must be greater than 0 [json-pointer:/length]'])
    }
    if (declaredBytes > world.settings.maxFileBytes) throw new Refusal('file_upload_size_restricted')
    const altText = optional(args, 'alt_txt')
    if ((altText ?? '').length > LIMITS.fileAlt.max) throw new Refusal('alt_txt_too_large')
    const id = world.nextId('F')
    world.files.set(id, {
      id,
      name,
      title: name,
      altText,
      declaredBytes,
      bytes: undefined,
      mimetype: '',
      owner: world.app.userId,
      completedAt: undefined,
      channels: new Set(),
      urlPrivate: `${world.baseUrl}/files-pri/${world.team.id}-${id}/${encodeURIComponent(name)}`,
      permalink: `https://${world.team.domain}.slack.com/files/${world.app.userId}/${id}/${encodeURIComponent(name)}`,
    })
    return { upload_url: `${world.baseUrl}/upload/v1/${id}`, file_id: id }
  },

  'files.completeUploadExternal': (caller: Caller, args: Args): Answer => {
    const { world } = caller
    const listed = listOfFiles.safeParse(args.files)
    if (!listed.success)
      return refuseWith('invalid_arguments', ['[ERROR] invalid files [json-pointer:/files]'])
    const stored = listed.data.map(({ id, title }) => {
      const file = world.files.get(id)
      if (file?.bytes === undefined || file.completedAt !== undefined) throw new Refusal('file_not_found')
      return { file, title }
    })
    const channelId = optional(args, 'channel_id') ?? optional(args, 'channels')
    const channel = channelId === undefined ? undefined : visibleChannel(caller, { channel: channelId })
    if (channel !== undefined) mustBeAbleToPost(caller, channel, false)
    if (channel === undefined && (args.thread_ts ?? args.initial_comment) !== undefined) {
      refuseWith('invalid_arguments', ['[ERROR] missing required field: channel_id'])
    }
    const threadTs = channel === undefined ? undefined : threadRoot(world, channel, args)
    const comment = { text: optional(args, 'initial_comment') ?? '', blocks: args.blocks }
    if (comment.text !== '' && comment.blocks !== undefined) throw new Refusal('invalid_arguments')
    const { text, blocks = [] } = content(world, comment, LIMITS.postedText.max)
    for (const { file, title } of stored) {
      Object.assign(file, { completedAt: Date.now(), title: title ?? file.title })
      if (channel !== undefined) file.channels.add(channel.id)
    }
    if (channel !== undefined) {
      post(world, {
        channel: channel.id,
        user: world.app.userId,
        text,
        blocks,
        threadTs,
        files: stored.map(({ file }) => file),
      })
    }
    // As in Slack, the answer has no `shares` yet: the file is shared afterwards.
    return { files: stored.map(({ file }) => ({ id: file.id, title: file.title })) }
  },

  'files.info': ({ world }: Caller, args: Args): Answer => {
    const file = completed(world, args)
    const shared = world.messages.filter((m) => m.files.includes(file) && !m.deleted)
    const shares = Object.fromEntries(
      [...file.channels].map((id) => [
        id,
        shared
          .filter((m) => m.channel === id)
          .map((m) => ({ ts: m.ts, ...(m.threadTs === undefined ? {} : { thread_ts: m.threadTs }) })),
      ]),
    )
    const ready = Date.now() >= (file.completedAt ?? 0) + world.settings.fileProcessingMs
    const json = ready ? fileJson(file) : { ...fileJson(file), mimetype: '', filetype: '' }
    return { file: { ...json, shares: { public: shares } } }
  },

  'files.delete': ({ world }: Caller, args: Args): Answer => {
    const file = completed(world, args)
    if (file.owner !== world.app.userId) throw new Refusal('cant_delete_file')
    world.files.delete(file.id)
    for (const message of world.messages) {
      message.files = message.files.filter((f) => f !== file)
      // A message that contained nothing but the file is deleted with it.
      const empty = message.files.length === 0 && message.text === '' && message.blocks.length === 0
      if (empty) message.deleted = true
    }
    return {}
  },
}

/** Step two: receives the bytes. Returns the response to send. Needs no token, because the address is the secret. */
export function receiveBytes(world: World, id: string, bytes: Buffer): { status: number; body: string } {
  const file = world.files.get(id)
  if (file === undefined || file.completedAt !== undefined) return { status: 404, body: 'not found' }
  if (bytes.length !== file.declaredBytes) {
    world.problems.push(`${id} was announced with ${file.declaredBytes} bytes, and ${bytes.length} came`)
    return { status: 400, body: 'length mismatch' }
  }
  Object.assign(file, { bytes, mimetype: sniff(bytes, file.name) })
  world.signal.changed()
  return { status: 200, body: `OK - ${bytes.length}` }
}

const listOfFiles = z
  .array(
    z.strictObject({
      id: z.string(),
      title: z.string().optional(),
      highlight_type: z.string().optional(),
    }),
  )
  .min(1)
  .max(LIMITS.filesPerMessage.max)

function completed(world: World, args: Args): StoredFile {
  const file = world.files.get(required(args, 'file'))
  if (file?.completedAt === undefined) throw new Refusal('file_not_found')
  return file
}

/** Slack determines the type from a file's content, whatever its name says. */
function sniff(bytes: Buffer, name: string): string {
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png'
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg'
  if (/^GIF8[79]a/.test(bytes.subarray(0, 6).toString('latin1'))) return 'image/gif'
  if (bytes.subarray(4, 8).toString('latin1') === 'ftyp') return 'video/mp4'
  return /\.(txt|srt|md|json)$/i.test(name) ? 'text/plain' : 'application/octet-stream'
}
