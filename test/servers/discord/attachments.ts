import { extname } from 'node:path'
import { isObject } from './checks/form-errors.ts'
import { refuse } from './refusal.ts'
import type { Attachment, Channel, Json, Message, UploadedFile } from './types.ts'
import type { World } from './world.ts'

const MIB = 1024 * 1024

/** Maximum size of one file in bytes. https://discord.com/developers/docs/reference#uploading-files */
export function sizeLimit(world: World, guildId: string | null): number {
  if (world.uploadLimit !== null) return world.uploadLimit
  const tier = (guildId === null ? undefined : world.guilds.get(guildId)?.premiumTier) ?? 0
  return tier === 3 ? 100 * MIB : tier === 2 ? 50 * MIB : 10 * MIB
}

/** Maximum size of a whole request in bytes: 25 MiB, or the limit of one file if that is more. */
export function requestLimit(world: World, guildId: string | null): number {
  return Math.max(25 * MIB, sizeLimit(world, guildId) + MIB)
}

/** The file names of a message after a change, which is what `attachment://` may refer to. */
export function namesAfter(
  body: Json,
  uploads: readonly UploadedFile[],
  before: Message | null,
): Set<string> {
  return new Set([
    ...kept(body, before).map((attachment) => attachment.filename),
    ...uploads.map((upload) => filenameOf(body, upload)),
  ])
}

/**
 * The attachments after a create or an edit, with new files stored. `attachments` in the body lists the ones to keep and
 * describes the new ones; without it all are kept. https://discord.com/developers/docs/reference#editing-message-attachments
 */
export function storeAttachments(
  world: World,
  channel: Channel,
  body: Json,
  uploads: readonly UploadedFile[],
  before: Message | null,
): Attachment[] {
  const staying = kept(body, before)
  for (const attachment of before?.attachments ?? []) {
    if (!staying.includes(attachment)) world.files.delete(attachment.id)
  }
  return [...staying, ...uploads.map((upload) => store(world, channel, body, upload))]
}

/** Refuses files that are too large, and entries of `attachments` that refer to no file. */
export function checkUploads(
  world: World,
  channel: Channel,
  body: Json,
  uploads: readonly UploadedFile[],
  before: Message | null,
): { path: (string | number)[]; message: string }[] {
  const limit = sizeLimit(world, channel.guildId)
  if (uploads.some((upload) => upload.bytes.length > limit)) throw refuse.tooLarge()
  const known = new Set([
    ...uploads.map((upload) => upload.index),
    ...(before?.attachments ?? []).map((attachment) => attachment.id),
  ])
  return entries(body).flatMap((entry, index) =>
    known.has(String(entry.id))
      ? []
      : [
          {
            path: ['attachments', index, 'id'],
            message: `There is no file or attachment "${String(entry.id)}".`,
          },
        ],
  )
}

function kept(body: Json, before: Message | null): Attachment[] {
  const present = before?.attachments ?? []
  if (body.attachments === undefined) return present
  const ids = new Set(entries(body).map((entry) => String(entry.id)))
  return present.filter((attachment) => ids.has(attachment.id))
}

function entries(body: Json): Json[] {
  return Array.isArray(body.attachments) ? body.attachments.filter(isObject) : []
}

function entryOf(body: Json, upload: UploadedFile): Json {
  return entries(body).find((entry) => String(entry.id) === upload.index) ?? {}
}

/** Discord keeps ASCII letters, digits, hyphens, underscores and dots of a file's name; spaces become underscores. */
function filenameOf(body: Json, upload: UploadedFile): string {
  const given = entryOf(body, upload).filename
  const name = typeof given === 'string' && given !== '' ? given : upload.filename
  const clean = name.replace(/\s+/g, '_').replace(/[^\w.-]/g, '')
  return clean.replace(/^\.+/, '') === '' ? 'unknown' : clean
}

function store(world: World, channel: Channel, body: Json, upload: UploadedFile): Attachment {
  const id = world.nextId()
  const filename = filenameOf(body, upload)
  const url = `${world.origin}/cdn/attachments/${channel.id}/${id}/${filename}`
  const entry = entryOf(body, upload)
  const attachment: Attachment = {
    id,
    filename,
    size: upload.bytes.length,
    url,
    proxy_url: url,
    content_type: TYPES[extname(filename).toLowerCase()] ?? upload.type,
  }
  if (typeof entry.description === 'string') attachment.description = entry.description
  if (typeof entry.title === 'string') attachment.title = entry.title
  world.files.set(id, { attachment, channelId: channel.id, bytes: upload.bytes })
  return attachment
}

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/x-wav',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
}
