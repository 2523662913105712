import { buffer } from 'node:stream/consumers'
import {
  type APIAttachment,
  type APIMessageTopLevelComponent,
  type APIUnfurledMediaItem,
  ComponentType,
  type RawFile,
} from 'discord.js'
import type { Store } from '../../../core/model/store.ts'
import { shorten } from '../../view/shorten.ts'
import type { FileRef } from '../../view/types.ts'
import { DISCORD_LIMITS } from './limits.ts'

/** A file of a message. */
export interface AttachedFile {
  /** Path in the store. */
  path: string
  /** Its name on Discord, used by `attachment://`. */
  name: string
  /** Discord's id; null for a file that is sent with the message. */
  id: string | null
}

/** An entry of `attachments`: files that stay, by id, and new ones, by their index among the files. */
export interface AttachmentEntry {
  id: string
  filename?: string
  description?: string
}

/** The files that a message should have. Those it already has are kept by id and not sent again. */
export function attach(
  shown: FileRef[],
  present: Record<string, string>,
): { files: AttachedFile[]; entries: AttachmentEntry[] } {
  const different = [...new Map(shown.map((file) => [file.path, file])).values()].slice(
    0,
    DISCORD_LIMITS.message.files,
  )
  const kept = different.flatMap(({ path }): AttachedFile[] => {
    const known = present[path]
    const slash = known?.indexOf('/') ?? -1
    if (known === undefined || slash < 0) return []
    return [{ path, id: known.slice(0, slash), name: known.slice(slash + 1) }]
  })
  const names = new Set(kept.map(({ name }) => name))
  const files = [...kept]
  const entries: AttachmentEntry[] = kept.map(({ id }) => ({ id: id ?? '' }))
  let place = 0
  for (const { path, name, alt } of different) {
    if (kept.some((file) => file.path === path)) continue
    const filename = nameBeside(names, name)
    names.add(filename)
    files.push({ path, name: filename, id: null })
    const description = shorten(alt.trim(), DISCORD_LIMITS.gallery.description)
    entries.push({ id: String(place++), filename, ...(description !== '' && { description }) })
  }
  return { files, entries }
}

/** The files to send with a message, in the order of their entries. */
export async function readFiles(store: Store, files: AttachedFile[]): Promise<RawFile[]> {
  return Promise.all(
    files
      .filter(({ id }) => id === null)
      .map(async ({ path, name }) => ({ name, data: await buffer(await store.open(path)) })),
  )
}

/** The fields of a message that contain its files. */
interface CarryingMessage {
  attachments: readonly Pick<APIAttachment, 'filename' | 'id'>[]
  components?: APIMessageTopLevelComponent[] | undefined
}

/**
 * What to remember about a sent message: each file's `id/name` by its path, as `attach` expects it. A Components V2 message comes
 * back with its files in its components and with an empty list of attachments:
 * https://discord.com/developers/docs/components/reference#unfurled-media-item-structure
 */
export function sentFiles(
  files: AttachedFile[],
  { attachments, components }: CarryingMessage,
): Record<string, string> {
  const ids = new Map(attachments.map(({ filename, id }) => [filename, id]))
  for (const { url, attachment_id: id } of mediaIn(components ?? []))
    if (id !== undefined) ids.set(fileNameIn(url), id)
  const present = new Set(ids.values())
  return Object.fromEntries(
    files.flatMap(({ path, name, id }) => {
      const found = id !== null && present.has(id) ? id : ids.get(name)
      return found === undefined ? [] : [[path, `${found}/${name}`]]
    }),
  )
}

/** The message's files that will be shown in it again: a file's name identifies its content. */
export function carriedFiles(shown: FileRef[], message: CarryingMessage): Record<string, string> {
  const named = shown.filter(({ path, name }) => {
    const [, mark = ''] = /-([0-9a-f]{12,})\.\w+$/.exec(name) ?? []
    return mark !== '' && path.slice(path.lastIndexOf('/') + 1).startsWith(mark)
  })
  return sentFiles(
    named.map(({ path, name }) => ({ path, name, id: null })),
    message,
  )
}

/** A message's pictures and clips, in galleries and next to sections, and its attachments. */
function mediaIn(components: readonly APIMessageTopLevelComponent[]): APIUnfurledMediaItem[] {
  return components.flatMap((part) => {
    if (part.type === ComponentType.Container) return mediaIn(part.components)
    if (part.type === ComponentType.File) return [part.file]
    if (part.type === ComponentType.Section)
      return part.accessory.type === ComponentType.Thumbnail ? [part.accessory.media] : []
    return part.type === ComponentType.MediaGallery ? part.items.map(({ media }) => media) : []
  })
}

/** The last part of the path: https://cdn.discordapp.com/attachments/<channel>/<id>/<name>?… */
function fileNameIn(url: string): string {
  return URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '') : ''
}

/** Discord only keeps letters, digits, `-`, `_` and `.` of a name, and two files of a message need different names. */
function nameBeside(names: Set<string>, wanted: string): string {
  const clean = wanted.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'file'
  let name = clean
  for (let number = 2; names.has(name); number++) name = `${number}-${clean}`
  return name
}
