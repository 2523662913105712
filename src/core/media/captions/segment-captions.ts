import { FPS, framesOf } from '../../model/formats.ts'
import type { Store } from '../../model/store.ts'
import { withSource } from '../store/sources.ts'
import type { RenderSegment, Storyboard } from '../types.ts'
import { wavDuration } from '../voice/wav.ts'
import { type Caption, planCaptions } from './captions.ts'
import { templateOf } from './templates.ts'

export interface SpokenCaptions {
  captions: Caption[]
  /** Seconds at which the voice ends. */
  speechEnd: number
}

/** The captions of a segment as they are burned in. */
export async function segmentCaptions(
  store: Store,
  { text, words, voiceFile, duration }: RenderSegment,
  { format, language, template }: Pick<Storyboard, 'format' | 'language' | 'template'>,
): Promise<SpokenCaptions> {
  const frames = framesOf(duration)
  const speechEnd = Math.min(await withSource(store, voiceFile, wavDuration), frames / FPS)
  const captions = planCaptions({
    ...{ text, words, language, frames, speechEnd, format },
    template: templateOf(template),
  })
  return { captions, speechEnd }
}
