import { createRoute, z } from '@hono/zod-openapi'
import { editSettings } from '../../../../core/draft/edit-settings.ts'
import { TEMPLATE_NAMES } from '../../../../core/media/captions/templates.ts'
import { StaleEditError } from '../../../../core/model/errors.ts'
import { LANGUAGES } from '../../../../core/model/formats.ts'
import { DECLARATIONS } from '../../../../core/model/upload-target.ts'
import type { Bot } from '../../../handlers/request.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { musicChange, OptionalMusic } from './music.ts'
import { answers, body, DraftParams, needs, optionalChoice, scopeOf } from './routes.ts'
import { DoneDraft } from './schemas.ts'
import { staleDraft } from './stale-draft.ts'

const Settings = z
  .strictObject({
    title: z.string().nullish(),
    description: z.string().nullish(),
    tags: z.array(z.string()).nullish(),
    template: optionalChoice(TEMPLATE_NAMES),
    music: OptionalMusic,
    language: optionalChoice(LANGUAGES),
    voice: z.string().nullish().openapi({ description: 'Empty for the default voice' }),
    voice_speed: z.number().nullish(),
    end_card: z.boolean().nullish(),
    upload: optionalChoice(DECLARATIONS).openapi({
      description: 'How each finished video is uploaded; null if it isn’t. If omitted, this stays unchanged.',
    }),
    version: z.number().int().nullish().openapi({
      description:
        'The draft’s `version` as the caller saw it. If there is a newer one, the response is 409.',
    }),
  })
  .openapi('SettingsChange')

export function addSettings(app: WebApp, bot: Bot): void {
  const route = createRoute({
    ...{ method: 'patch', path: '/api/draft/{draft_id}', ...needs(bot, 'write') },
    ...{ operationId: 'patchDraft', tags: ['Drafts'], summary: 'Changes settings of the whole draft' },
    request: { params: DraftParams, body: body(Settings) },
    responses: answers(DoneDraft, 'The updated draft'),
  })
  app.openapi(route, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const { version, music, voice_speed, end_card, upload, ...given } = context.req.valid('json')
    const change = {
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
      ...musicChange(music),
      voiceSpeed: voice_speed ?? undefined,
      endCard: end_card ?? undefined,
      uploadAfter: upload,
    }
    try {
      await editSettings(bot.core, scopeOf(who, draft_id), change, version ?? undefined)
    } catch (error) {
      if (!(error instanceof StaleEditError)) throw error
      const { version: _, ...mine } = context.req.valid('json')
      throw await staleDraft(bot, who, draft_id, mine, error)
    }
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
}
