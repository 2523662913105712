import { UserError } from '../../model/errors.ts'
import type { Field } from '../../model/fields.ts'
import type { BelowDescription, VideoDetails } from '../../model/upload-target.ts'

/** https://developers.google.com/youtube/v3/docs/videos#properties */
const LIMITS = {
  /** Characters. */
  title: 100,
  /** Bytes. */
  description: 5000,
  /** Characters of all tags together, as counted by `tagsLength`. */
  tags: 500,
}

/** @throws UserError for anything YouTube would refuse. */
export function checkDetails(details: VideoDetails, now: Date): void {
  const { title, description, tags, privacy, publishAt } = details
  if (title.trim() === '') throw new UserError('text_empty', { field: 'title' })
  if (title.length > LIMITS.title)
    throw new UserError('text_too_long', { field: 'title', length: title.length, max: LIMITS.title })
  const texts: [Field, string][] = [
    ['title', title],
    ['description', description],
    ['tags', tags.join(',')],
  ]
  for (const [field, text] of texts)
    if (/[<>]/.test(text)) throw new UserError('has_angle_brackets', { field })
  const bytes = Buffer.byteLength(description)
  if (bytes > LIMITS.description)
    throw new UserError('too_many_bytes', { field: 'description', bytes, max: LIMITS.description })
  const length = tagsLength(tags)
  if (length > LIMITS.tags) throw new UserError('tags_too_long', { length, max: LIMITS.tags })
  if (publishAt === null) return
  if (privacy !== 'private') throw new UserError('schedule_needs_private')
  if (publishAt <= now) throw new UserError('time_in_past', { field: 'publishAt' })
}

/** Commas between tags count, as do the quotation marks that YouTube puts around a tag with a space: `snippet.tags[]`. */
export function tagsLength(tags: readonly string[]): number {
  const lengths = tags.map((tag) => tag.length + (tag.includes(' ') ? 2 : 0))
  return lengths.reduce((sum, each) => sum + each, 0) + Math.max(0, tags.length - 1)
}

/** A video resource for YouTube, with `part=snippet,status`. */
export function resourceOf(details: VideoDetails) {
  return {
    snippet: {
      title: details.title,
      description: describe(details.description, details.below),
      tags: [...details.tags],
      categoryId: details.category,
      defaultLanguage: details.language,
      defaultAudioLanguage: details.language,
    },
    status: {
      privacyStatus: details.privacy,
      ...(details.publishAt && { publishAt: details.publishAt.toISOString() }),
      selfDeclaredMadeForKids: details.madeForKids,
      containsSyntheticMedia: details.syntheticMedia,
    },
  }
}

/**
 * The person's description with chapters and credits below it. If there isn't room for everything, the addresses in the
 * credits go first, then the chapters, then the last credits.
 */
export function describe(description: string, { chapters, creditsTitle, credits }: BelowDescription): string {
  const times = chapters.map(({ start, title }) => `${timeOf(start)} ${safe(title)}`)
  const named = credits.map(({ name }) => safe(name))
  const linked = credits.map(({ name, url }) => (url === null ? safe(name) : `${safe(name)} ${safe(url)}`))
  const under = (lines: readonly string[]) => (lines.length === 0 ? [] : [[creditsTitle, ...lines]])
  const whole = (blocks: readonly (readonly string[])[]) =>
    [description, ...blocks.map((lines) => lines.join('\n'))].filter((part) => part !== '').join('\n\n')
  const tries = [[times, ...under(linked)], [times, ...under(named)], under(named)]
  for (let count = named.length - 1; count > 0; count -= 1) tries.push(under([...named.slice(0, count), '…']))
  return tries.map(whole).find((text) => Buffer.byteLength(text) <= LIMITS.description) ?? description
}

/** `0:00`, `12:05` or `1:02:03`: https://support.google.com/youtube/answer/9884579 */
function timeOf(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

function safe(text: string): string {
  return text.replaceAll(/[<>]/g, ' ').replaceAll(/\s+/g, ' ').trim()
}
