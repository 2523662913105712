import { createRoute, z } from '@hono/zod-openapi'
import { type FootageChoice, footageChoices } from '../../../../core/draft/choose-footage.ts'
import { pickEnded, requestPick } from '../../../../core/draft/pick-footage.ts'
import { hashOf } from '../../../../core/media/store/hash.ts'
import { UserError } from '../../../../core/model/errors.ts'
import type { Bot } from '../../../handlers/request.ts'
import { footageTitle } from '../../../view/footage-panel.ts'
import { type WebApp, whoOf } from '../env.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'
import { failedJob } from './job-json.ts'
import { preferenceOf } from './prefer.ts'
import { accepted, answers, needs, SegmentParams, scopeOf } from './routes.ts'
import { DoneSegment } from './schemas.ts'
import { segmentOf } from './update-segment.ts'

/** Time limit for a search, in milliseconds, after which nobody can still be waiting for it. */
const PATIENCE = 60_000

const Candidate = z
  .object({
    key: z.string(),
    provider: z.string(),
    kind: z.enum(['video', 'image']),
    title: z.string(),
    author: z.string().nullable(),
    page_url: z.string().nullable(),
    width: z.number(),
    height: z.number(),
    duration: z.number().nullable(),
    is_current: z.boolean(),
    /** `segment_index` of the other segments that show it. */
    used_by: z.array(z.number().int()),
    thumbnail_url: z.string(),
    /** A small moving preview; null for still pictures. */
    preview_url: z.string().nullable(),
  })
  .openapi('Candidate')

const ChooseParams = SegmentParams.extend({
  key: z.string().openapi({ description: 'The candidate’s `key`' }),
})

/** The candidates of a segment: reading, searching and choosing them. */
export function addCandidates(app: WebApp, bot: Bot): void {
  const path = '/api/draft/{draft_id}/segments/{segment_id}/candidates'
  const about = { path, tags: ['Footage'], request: { params: SegmentParams } }
  const found = createRoute({
    ...{ ...about, method: 'get', ...needs(bot, 'see') },
    ...{ operationId: 'getCandidates', summary: 'The candidates found for a segment' },
    responses: answers(z.array(Candidate), 'Candidates'),
  })
  app.openapi(found, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    return context.json(await candidatesOf(bot, whoOf(context), draft_id, segment_id, false), 200)
  })
  const search = createRoute({
    ...{ ...about, method: 'post', ...needs(bot, 'write') },
    ...{ operationId: 'searchCandidates', summary: 'Searches for footage, without choosing any' },
    responses: answers(z.array(Candidate), 'Candidates'),
  })
  app.openapi(search, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    return context.json(await candidatesOf(bot, whoOf(context), draft_id, segment_id, true), 200)
  })
  addChoose(app, bot)
}

function addChoose(app: WebApp, bot: Bot): void {
  const route = createRoute({
    method: 'post',
    path: '/api/draft/{draft_id}/segments/{segment_id}/candidates/{key}/choose',
    ...{ tags: ['Footage'], ...needs(bot, 'write') },
    ...{ operationId: 'chooseCandidate', summary: 'Fetches a candidate and assigns it to its segment' },
    request: { params: ChooseParams },
    responses: { ...answers(DoneSegment, 'The segment shows it'), ...accepted(DoneSegment) },
  })
  app.openapi(route, async (context) => {
    const { draft_id, segment_id, key } = context.req.valid('param')
    const who = whoOf(context)
    const choices = await choicesOf(bot, who, draft_id, segment_id, false)
    const choice = choices.find((each) => keyOf(each) === key)
    if (!choice) throw new UserError('candidate_not_found')
    const jobId = await requestPick(bot.core, scopeOf(who, draft_id), segment_id, choice)
    const { patience, applied } = preferenceOf(context)
    const ended = await pickEnded(bot.core, jobId, patience)
    if (ended?.state === 'replaced')
      throw new WebError(409, 'replaced', 'Something else was chosen for this segment meanwhile.')
    if (ended && ended.state !== 'done')
      throw failedJob({ jobId, state: ended.state, error: ended.error }, who.words, { draft_id })
    if (applied !== null) context.header('preference-applied', applied)
    const answer = { success: true as const, data: await segmentOf(bot, who, draft_id, segment_id) }
    if (ended) return context.json(answer, 200)
    context.header('location', `/api/draft/${draft_id}/jobs/${jobId}`)
    return context.json(answer, 202)
  })
}

async function candidatesOf(bot: Bot, who: Who, draftId: string, segmentId: number, isSearch: boolean) {
  const choices = await choicesOf(bot, who, draftId, segmentId, isSearch)
  return choices.map((choice) => {
    const key = keyOf(choice)
    const url = (file: string) => `/api/draft/${draftId}/segments/${segmentId}/candidates/${key}/${file}`
    return {
      ...{
        key,
        provider: choice.provider,
        kind: choice.kind,
        title: footageTitle(choice, who.words),
        author: choice.author,
      },
      ...{ page_url: choice.pageUrl, width: choice.width, height: choice.height, duration: choice.duration },
      is_current: choice.isCurrent,
      used_by: choice.usedBy.map((place) => place - 1),
      thumbnail_url: url('thumbnail'),
      preview_url: choice.kind === 'video' ? url('preview') : null,
    }
  })
}

async function choicesOf(bot: Bot, who: Who, draftId: string, segmentId: number, isSearch: boolean) {
  const signal = AbortSignal.timeout(PATIENCE)
  const options = { isSearch, hasPictures: false }
  return (await footageChoices(bot.core, scopeOf(who, draftId), segmentId, signal, options)).choices
}

/** A short stable key: positions in the list change with the next search. */
function keyOf({ provider, id }: FootageChoice): string {
  return hashOf([provider, id]).slice(0, 12)
}
