import { FPS, framesOf } from '../../model/formats.ts'
import type { Store } from '../../model/store.ts'
import { withSource } from '../store/sources.ts'
import type { RenderSegment, Storyboard } from '../types.ts'
import { wavDuration } from '../voice/wav.ts'
import { type Caption, planCaptions } from './captions.ts'
import { CARD_FRAMES } from './end-card.ts'
import { templateOf } from './templates.ts'

export interface SpokenCaptions {
  captions: Caption[]
  /** The end of the speech in seconds. */
  speechEnd: number
}

/** The length of a segment in frames, without its end card. */
export function spokenFrames({ duration, endCard }: Pick<RenderSegment, 'duration' | 'endCard'>): number {
  return Math.max(1, framesOf(duration) - (endCard ? CARD_FRAMES : 0))
}

/** A segment's captions as they are burned in. */
export async function segmentCaptions(
  store: Store,
  segment: RenderSegment,
  { format, language, template }: Pick<Storyboard, 'format' | 'language' | 'template'>,
): Promise<SpokenCaptions> {
  const { text, words, voiceFile } = segment
  const frames = spokenFrames(segment)
  const speechEnd = Math.min(await withSource(store, voiceFile, wavDuration), frames / FPS)
  const captions = planCaptions({
    ...{ text, words, language, frames, speechEnd, format },
    template: templateOf(template),
  })
  return { captions, speechEnd }
}
