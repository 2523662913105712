import { shorten } from './shorten.ts'

/** Characters that are shown of what both texts begin with, before they differ. */
const BEFORE = 12

/** Two versions of a text, each in at most `max` characters: where they are long, from shortly before they begin to differ. */
export function difference(before: string, after: string, max: number): [before: string, after: string] {
  const [old, now] = [before, after].map((text) => text.replaceAll(/\s+/gu, ' ').trim()) as [string, string]
  const start = old.length <= max && now.length <= max ? 0 : startOf(old, now)
  const from = (text: string) => shorten(start === 0 ? text : `…${text.slice(start)}`, max)
  return [from(old), from(now)]
}

/** The beginning of the word with which the excerpts begin. */
function startOf(old: string, now: string): number {
  const shorter = Math.min(old.length, now.length)
  let same = 0
  while (same < shorter && old[same] === now[same]) same += 1
  // Where one only goes on behind the other, its end is shown.
  const wanted = Math.max(0, same - BEFORE)
  const space = old.lastIndexOf(' ', wanted)
  return space <= 0 ? 0 : space + 1
}
