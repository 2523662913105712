import { createRoute, z } from '@hono/zod-openapi'
import { requestDraft } from '../../../../core/draft/create.ts'
import { CREATE_DEFAULTS, type CreateInput } from '../../../../core/draft/create-input.ts'
import { creationOf } from '../../../../core/draft/creation.ts'
import { jobEnded } from '../../../../core/draft/job-ended.ts'
import { TEMPLATE_NAMES } from '../../../../core/media/captions/templates.ts'
import { FORMAT_NAMES, LANGUAGES } from '../../../../core/model/formats.ts'
import { newDraftId } from '../../../../core/model/ids.ts'
import { LIMITS } from '../../../../core/model/limits.ts'
import { authorizeCreateAt } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import { DraftJson } from '../draft-json.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import type { Who } from '../who.ts'
import { doOnce, KEY_HEADER } from './idempotency.ts'
import { failedJob } from './job-json.ts'
import { musicChange, OptionalMusic } from './music.ts'
import { preferenceOf } from './prefer.ts'
import { accepted, answers, body, needs, optionalChoice } from './routes.ts'

const { min, max } = LIMITS.targetDuration

const NewDraft = z
  .strictObject({
    topic: z.string().nullish().openapi({ description: 'If null or omitted, a topic is suggested' }),
    format: optionalChoice(FORMAT_NAMES).openapi({ default: CREATE_DEFAULTS.format }),
    duration: z
      .number()
      .nullish()
      .openapi({ description: `In seconds, ${min} to ${max}`, default: CREATE_DEFAULTS.targetDuration }),
    account_id: z.number().int().nullish().openapi({ description: 'The YouTube channel for the video' }),
    style: z.string().nullish(),
    collect_assets: z
      .boolean()
      .nullish()
      .openapi({ description: 'False to make voices and footage later', default: true }),
    script: z.string().nullish().openapi({ description: 'Your own narration, used word for word' }),
    language: optionalChoice(LANGUAGES),
    template: optionalChoice(TEMPLATE_NAMES).openapi({ default: CREATE_DEFAULTS.template }),
    preset: z.boolean().nullish().openapi({
      description: 'False to leave out the workspace’s end card',
      default: true,
    }),
    voice: z.string().nullish(),
    bgm_settings: OptionalMusic,
  })
  .openapi('NewDraft')

/** Creates a draft at the caller's home; responds when its script is written. */
export function addCreate(app: WebApp, bot: Bot): void {
  const route = createRoute({
    ...{ method: 'post', path: '/api/draft/create', ...needs(bot, 'create', { mayBeEmpty: true }) },
    ...{ operationId: 'createDraft', tags: ['Drafts'], summary: 'Starts a draft' },
    request: { body: body(NewDraft, false), headers: KEY_HEADER },
    responses: { ...answers(DraftJson, 'The draft with its script'), ...accepted(DraftJson) },
  })
  app.openapi(route, async (context) => {
    const who = whoOf(context)
    const { core } = bot
    await authorizeCreateAt(bot, who, { ...who.home, isOwnThread: false })
    const asked = context.req.valid('json')
    const begin = (draftId: string) => start(bot, who, inputOf(asked, who.locale), draftId)
    const { draftId, jobId } = await doOnce(context, bot, { draftId: newDraftId(core.clock()), asked, begin })
    const { patience, applied } = preferenceOf(context)
    const ended = await jobEnded(core, jobId, patience, context.req.raw.signal)
    if (ended?.job && ended.job.state !== 'done') throw failedJob(ended.job, who.words, { draft_id: draftId })
    if (applied !== null) context.header('preference-applied', applied)
    const draft = await draftOf(bot, who, draftId)
    context.header('location', `/api/draft/${draftId}`)
    return ended ? context.json(draft, 200) : context.json(draft, 202)
  })
}

/** @returns the id of the job that writes the script, even if an earlier try requested it. */
async function start({ core }: Bot, who: Who, input: CreateInput, draftId: string): Promise<string> {
  const before = await creationOf(core.db.fork(), draftId, who.workspace)
  return before?.job.jobId ?? (await requestDraft(core, input, who.actor, who.home, draftId)).jobId
}

function inputOf(asked: z.infer<typeof NewDraft>, locale: string): CreateInput {
  const { bgm_settings, duration, account_id, collect_assets, preset, ...rest } = asked
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  return {
    ...given,
    ...musicChange(bgm_settings),
    targetDuration: duration ?? undefined,
    accountId: account_id ?? undefined,
    collect: collect_assets ?? undefined,
    endCard: preset ?? undefined,
    fallbackLanguage: locale.split('-')[0],
  }
}
