import { shorten } from './shorten.ts'

/** How many characters of the common beginning are shown before the texts differ. */
const BEFORE = 12

/** Two versions of a text, each at most `max` characters long; long ones start shortly before they differ. */
export function difference(before: string, after: string, max: number): [before: string, after: string] {
  const [old, now] = [before, after].map((text) => text.replaceAll(/\s+/gu, ' ').trim()) as [string, string]
  const start = old.length <= max && now.length <= max ? 0 : startOf(old, now)
  const from = (text: string) => shorten(start === 0 ? text : `…${text.slice(start)}`, max)
  return [from(old), from(now)]
}

/** The start of the excerpts' first word. */
function startOf(old: string, now: string): number {
  const shorter = Math.min(old.length, now.length)
  let same = 0
  while (same < shorter && old[same] === now[same]) same += 1
  // If one merely continues the other, its end is shown.
  const wanted = Math.max(0, same - BEFORE)
  const space = old.lastIndexOf(' ', wanted)
  return space <= 0 ? 0 : space + 1
}
