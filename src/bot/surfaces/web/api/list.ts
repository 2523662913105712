import { createRoute, z } from '@hono/zod-openapi'
import { segmentDuration, speakingPace } from '../../../../core/draft/duration.ts'
import { listDrafts } from '../../../../core/draft/list.ts'
import { type ListDetails, listDetails } from '../../../../core/draft/list-details.ts'
import { endingOf } from '../../../../core/draft/storyboard.ts'
import { seenBy } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import type { Words } from '../../../words/index.ts'
import { DraftListItem } from '../draft-json.ts'
import { fileUrl } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import type { Who } from '../who.ts'
import { answers, choice, needs, Page, totalHeader, whole, withTotal } from './routes.ts'

const Query = Page.extend({
  account_id: whole(1).optional(),
  status: choice(['editing', 'assets_ready', 'converting', 'finalized']).optional(),
  words: z.string().max(200).optional().openapi({
    description: 'Words in the title, topic or texts; searches the newest 5,000 drafts',
  }),
})

/** The drafts that the caller may see, newest first. */
export function addList(app: WebApp, bot: Bot): void {
  for (const path of ['/api/draft/', '/api/draft'] as const) {
    const route = createRoute({
      ...{ method: 'get', path, ...needs(bot, 'list'), hide: path === '/api/draft' },
      ...{ operationId: 'listDrafts', tags: ['Drafts'], summary: 'Drafts, newest first' },
      request: { query: Query },
      responses: answers(z.array(DraftListItem), 'A page of drafts', totalHeader),
    })
    app.openapi(route, async (context) => {
      const { account_id, ...asked } = context.req.valid('query')
      const { total, items } = await page(bot, whoOf(context), { ...asked, accountId: account_id })
      withTotal(context, total, asked)
      return context.json(items, 200)
    })
  }
}

type Asked = Omit<z.infer<typeof Query>, 'account_id'> & { accountId: number | undefined }

async function page(bot: Bot, who: Who, asked: Asked): Promise<{ total: number; items: DraftListItem[] }> {
  const { core } = bot
  const { workspace } = who
  // A token made on the host sees its whole workspace.
  const seen = who.isNobody ? undefined : await seenBy(bot, who)
  const { drafts, total } = await listDrafts(core, { workspace, seen, ...asked })
  const details = await listDetails(core, workspace, drafts)
  const items = drafts.map((draft) => {
    const pace = speakingPace(core, draft.language, draft.voiceSpeed)
    return itemOf(draft, details.get(draft.draftId), pace, who.words)
  })
  return { total, items }
}

type Draft = Awaited<ReturnType<typeof listDrafts>>['drafts'][number]

function itemOf(draft: Draft, details: ListDetails | undefined, pace: number, words: Words): DraftListItem {
  const { segments = [], approvals = { needed: 0, standing: 0 }, still = null } = details ?? {}
  const seconds = segments.map((segment) => segmentDuration(segment) ?? segment.text.length / pace)
  const length = seconds.reduce((sum, each) => sum + each, endingOf(draft))
  return {
    draft_id: draft.draftId,
    ...{ topic: draft.topic, title: draft.title, description: draft.description, tags: draft.tags },
    ...{ format: draft.format, target_duration: draft.targetDuration, status: draft.status },
    segments: segments.map((segment) => ({
      ...{ segment_index: segment.segmentIndex, text: segment.text, keyword: segment.keyword },
      ...{ image_search_query: segment.imageSearchQuery, duration: segment.duration },
      ...{ video_url: segment.videoUrl, video_local_path: segment.videoLocalPath },
      ...{ video_provider: segment.videoProvider, tts_local_path: segment.ttsLocalPath },
      tts_duration: segment.ttsDuration,
    })),
    created_at: draft.createdAt.toISOString(),
    updated_at: draft.updatedAt.toISOString(),
    ...{ account_id: draft.accountId, language: draft.language, author: draft.authorName },
    length: Math.round(length * 1000) / 1000,
    status_text: words.status[draft.status],
    approvals,
    still_url: still && fileUrl(draft.draftId, `segments/${still.segmentId}/still`, still.name),
  }
}
