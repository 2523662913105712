import { z } from '@hono/zod-openapi'
import { MOODS } from '../../../../core/model/formats.ts'
import { optionalChoice } from './routes.ts'

export const MusicSettings = z
  .strictObject({
    enabled: z.boolean().nullish(),
    mood: optionalChoice(MOODS),
    volume: z.number().min(0).max(1).nullish().openapi({ description: '0 to 1 of full scale' }),
  })
  .openapi('MusicSettings')

/** What of the settings core is asked to change. */
export function musicChange(music: z.infer<typeof MusicSettings> | null | undefined) {
  const { enabled, mood, volume } = music ?? {}
  return {
    musicEnabled: enabled ?? undefined,
    mood: mood ?? undefined,
    // Core counts in percent.
    volume: volume == null ? undefined : Math.round(volume * 100),
  }
}
