/**
 * What YouTube takes at most: https://developers.google.com/youtube/v3/docs/videos#properties. The studio's form counts with it as
 * well, in the browser, so this file imports nothing.
 */
export const LIMITS = {
  /** Characters. */
  title: 100,
  /** Bytes. */
  description: 5000,
  /** Characters of all tags together, as `tagsLength` counts them. */
  tags: 500,
} as const

/** Commas between tags count, and so do the quotation marks that YouTube puts around a tag with a space: `snippet.tags[]`. */
export function tagsLength(tags: readonly string[]): number {
  const lengths = tags.map((tag) => tag.length + (tag.includes(' ') ? 2 : 0))
  return lengths.reduce((sum, each) => sum + each, 0) + Math.max(0, tags.length - 1)
}
