import { z } from '@hono/zod-openapi'
import { DraftJson, SegmentJson } from '../draft-json.ts'

export const DoneSegment = z.object({ success: z.literal(true), data: SegmentJson }).openapi('DoneSegment')

export const DoneDraft = z
  .object({
    success: z.literal(true),
    message: z.string().optional().openapi({ description: 'What was done, as a sentence' }),
    data: DraftJson,
  })
  .openapi('DoneDraft')

/** Fields that are null or left out stay as they are, except that a null duration counts. */
export const SegmentChange = z
  .strictObject({
    text: z.string().nullish(),
    image_search_query: z.string().nullish(),
    keyword: z.string().nullish(),
    duration: z
      .number()
      .nullish()
      .openapi({ description: 'In seconds; null for the length of its voice. The voice is never cut.' }),
    regenerate_tts: z
      .boolean()
      .nullish()
      .openapi({ description: 'Re-records the voice. A new text is recorded anyway.' }),
    refetch_video: z
      .boolean()
      .nullish()
      .openapi({ description: 'Searches for footage again. A new query is searched for anyway.' }),
    version: z.number().int().nullish().openapi({
      description: 'The `version` that the caller saw. If there is a newer one, the response is 409.',
    }),
  })
  .openapi('SegmentChange')
export type SegmentChange = z.infer<typeof SegmentChange>
