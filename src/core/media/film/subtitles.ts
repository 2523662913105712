import { FPS, framesOf } from '../../model/formats.ts'
import type { Store } from '../../model/store.ts'
import type { CaptionLine } from '../captions/captions.ts'
import { segmentCaptions } from '../captions/segment-captions.ts'
import type { Storyboard } from '../types.ts'

/** Text shown from one time to another, in milliseconds from the start of the film. */
export interface Cue {
  from: number
  to: number
  /** As people wrote them: not in capitals, with full addresses. */
  lines: string[]
}

/** A film's captions: the same words at the same times as the burned-in ones, relative to the start of the film. */
export async function filmCues(store: Store, storyboard: Storyboard): Promise<Cue[]> {
  const cues: Cue[] = []
  let start = 0
  for (const segment of storyboard.segments) {
    const { captions } = await segmentCaptions(store, segment, storyboard)
    for (const { from, to, lines } of captions) {
      const written = lines.map((line) => writtenIn(segment.text, line)).filter((line) => line !== '')
      if (written.length > 0)
        cues.push({ from: milliseconds(start + from), to: milliseconds(start + to), lines: written })
    }
    start += framesOf(segment.duration)
  }
  return cues
}

function milliseconds(frames: number): number {
  return Math.round((frames * 1000) / FPS)
}

function writtenIn(text: string, { words }: CaptionLine): string {
  return text
    .slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0)
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** Formats cues as a SubRip file. The format can't escape `-->` in a text. */
export function srtOf(cues: readonly Cue[]): string {
  return cues
    .map(({ from, to, lines }, index) => {
      const times = `${timeOf(from, ',')} --> ${timeOf(to, ',')}`
      return `${index + 1}\n${times}\n${lines.join('\n').replaceAll('-->', '→')}\n`
    })
    .join('\n')
}

/** Formats cues as a WebVTT file (https://www.w3.org/TR/webvtt1/). */
export function vttOf(cues: readonly Cue[]): string {
  const blocks = cues.map(({ from, to, lines }) => {
    const text = lines.join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    return `${timeOf(from, '.')} --> ${timeOf(to, '.')}\n${text}\n`
  })
  return ['WEBVTT\n', ...blocks].join('\n')
}

function timeOf(milliseconds: number, point: string): string {
  const digits = (value: number, count = 2) => String(Math.floor(value)).padStart(count, '0')
  const seconds = milliseconds / 1000
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((value) => digits(value)).join(':')
  return `${clock}${point}${digits(milliseconds % 1000, 3)}`
}
