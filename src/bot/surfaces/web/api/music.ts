import { z } from '@hono/zod-openapi'
import { MOODS } from '../../../../core/model/formats.ts'
import { optionalChoice } from './routes.ts'

const MusicSettings = z
  .strictObject({
    enabled: z.boolean().nullish(),
    mood: optionalChoice(MOODS),
    volume: z.number().min(0).max(1).nullish().openapi({ description: '0 to 1 of full scale' }),
  })
  .openapi('MusicSettings')

/** A union, because the document would otherwise say that a named schema can't be null. */
export const OptionalMusic = z.union([MusicSettings, z.null()]).optional()

/** The changes to pass to core. */
export function musicChange(music: z.infer<typeof MusicSettings> | null | undefined) {
  const { enabled, mood, volume } = music ?? {}
  return {
    musicEnabled: enabled ?? undefined,
    mood: mood ?? undefined,
    // Core uses percent.
    volume: volume == null ? undefined : Math.round(volume * 100),
  }
}
