import { createRoute, z } from '@hono/zod-openapi'
import { approve, withdrawApproval } from '../../../../core/draft/approve.ts'
import { cancelWork } from '../../../../core/draft/cancel.ts'
import { draftHistory, redo, restoreRevision, undo } from '../../../../core/draft/history.ts'
import { reopenDraft } from '../../../../core/draft/render.ts'
import type { EditScope } from '../../../../core/draft/scope.ts'
import type { Bot } from '../../../handlers/request.ts'
import { actionText, changeText, stepText } from '../../../view/history-message.ts'
import type { Words } from '../../../words/index.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'
import { answers, body, DraftParams, needs, Page, scopeOf, totalHeader, withTotal } from './routes.ts'
import { DoneDraft } from './schemas.ts'

const Revision = z
  .object({
    number: z.number().int(),
    at: z.string(),
    by: z.string(),
    /** What was done, as a sentence. */
    text: z.string(),
    asked_by: z.string().nullable(),
    approved_by: z.array(z.string()),
    is_current: z.boolean(),
    changes: z.array(
      z.object({
        text: z.string(),
        what: z.string(),
        segment_index: z.number().int().nullable(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
  })
  .openapi('Revision')

const Restore = z.strictObject({ revision: z.number().int().positive() })
const Approve = z.strictObject({
  film: z.number().nullish().openapi({
    description:
      '`approvals.film` of the draft that the caller has seen, so that nobody approves another one',
  }),
})

/** The history of a draft, and the steps that affect all of it. */
export function addSteps(app: WebApp, bot: Bot): void {
  addHistory(app, bot)
  const simple: Simple[] = [
    {
      ...{ path: 'undo', operationId: 'undo', summary: 'Undoes the last step, whoever made it' },
      act: async (scope, words) => {
        const step = await undo(bot.core, scope)
        return step && words.private.undid(stepText(step, words))
      },
    },
    {
      ...{ path: 'redo', operationId: 'redo', summary: 'Redoes the step that was undone' },
      act: async (scope, words) => {
        const step = await redo(bot.core, scope)
        return step && words.private.redid(stepText(step, words))
      },
    },
    {
      ...{ path: 'cancel', operationId: 'cancel', summary: 'Cancels the draft’s running work' },
      act: (scope) => cancelWork(bot.core, scope),
    },
    {
      ...{ path: 'reopen', operationId: 'reopen', summary: 'Makes a finished draft editable again' },
      act: (scope) => reopenDraft(bot.core, scope),
    },
    {
      ...{ path: 'withdraw', operationId: 'withdraw', summary: 'Withdraws your approvals' },
      act: (scope) => withdrawApproval(bot.core, scope),
    },
  ]
  for (const { path, operationId, summary, act } of simple) {
    const route = createRoute({
      ...{ method: 'post', path: `/api/draft/{draft_id}/${path}`, ...needs(bot, 'write') },
      ...{ operationId, summary, tags: ['Steps'] },
      request: { params: DraftParams },
      responses: answers(DoneDraft, 'The updated draft'),
    })
    app.openapi(route, async (context) => {
      const { draft_id } = context.req.valid('param')
      const who = whoOf(context)
      const said = await act(scopeOf(who, draft_id), who.words)
      return context.json(await done(bot, who, draft_id, said), 200)
    })
  }
  addRestore(app, bot)
  addApprove(app, bot)
}

interface Simple {
  path: string
  operationId: string
  summary: string
  /** @returns a sentence about what was done, if there is more to say than that it succeeded. */
  act(scope: EditScope, words: Words): Promise<unknown>
}

async function done(bot: Bot, who: Who, draftId: string, said: unknown) {
  const data = await draftOf(bot, who, draftId)
  return { success: true as const, ...(typeof said === 'string' && { message: said }), data }
}

function addRestore(app: WebApp, bot: Bot): void {
  const route = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/restore', ...needs(bot, 'write') },
    ...{ operationId: 'restore', tags: ['Steps'], summary: 'Restores an earlier revision as the newest' },
    request: { params: DraftParams, body: body(Restore) },
    responses: answers(DoneDraft, 'The updated draft'),
  })
  app.openapi(route, async (context) => {
    const { draft_id } = context.req.valid('param')
    const { revision } = context.req.valid('json')
    const who = whoOf(context)
    await restoreRevision(bot.core, scopeOf(who, draft_id), revision)
    return context.json(await done(bot, who, draft_id, who.words.private.restored(revision)), 200)
  })
}

function addApprove(app: WebApp, bot: Bot): void {
  const route = createRoute({
    ...{
      method: 'post',
      path: '/api/draft/{draft_id}/approve',
      ...needs(bot, 'write', { mayBeEmpty: true }),
    },
    ...{ operationId: 'approve', tags: ['Steps'], summary: 'Approves the current film' },
    request: { params: DraftParams, body: body(Approve, false) },
    responses: answers(DoneDraft, 'The updated draft'),
  })
  app.openapi(route, async (context) => {
    const { draft_id } = context.req.valid('param')
    const who = whoOf(context)
    const { film } = context.req.valid('json')
    if (who.isNobody)
      throw new WebError(403, 'approves_for_nobody', 'This token acts for nobody who could approve.')
    await approve(bot.core, scopeOf(who, draft_id), film ?? undefined)
    return context.json(await done(bot, who, draft_id, null), 200)
  })
}

function addHistory(app: WebApp, bot: Bot): void {
  const route = createRoute({
    ...{ method: 'get', path: '/api/draft/{draft_id}/history', ...needs(bot, 'see') },
    ...{ operationId: 'getHistory', tags: ['Steps'], summary: 'Who did what, newest first' },
    request: { params: DraftParams, query: Page },
    responses: answers(z.array(Revision), 'Revisions, with what each has changed', totalHeader),
  })
  app.openapi(route, async (context) => {
    const { draft_id } = context.req.valid('param')
    const { words, workspace } = whoOf(context)
    const { revisions, current, total } = await draftHistory(
      bot.core,
      workspace,
      draft_id,
      context.req.valid('query'),
    )
    const rows = revisions.map((revision) => ({
      ...{ number: revision.number, at: revision.createdAt.toISOString() },
      ...{ by: revision.actorName || words.somebody, text: actionText(revision.action, words) },
      ...{ asked_by: revision.askedBy, approved_by: revision.approvedBy },
      is_current: revision.number === current,
      changes: revision.changes.map((change) => changeOf(change, revision.action.segment, words)),
    }))
    withTotal(context, total, context.req.valid('query'))
    return context.json(rows, 200)
  })
}

type Change = Parameters<typeof changeText>[0]

/** Texts are given in full, before and after; for other changes the sentence says enough. */
function changeOf(change: Change, acted: number | undefined, words: Words) {
  const isText = change.what === 'text' || change.what === 'search' || change.what === 'keyword'
  return {
    ...{ text: changeText(change, acted, words), what: change.what },
    segment_index: 'place' in change ? change.place - 1 : null,
    before: isText ? change.before : change.what === 'removed' ? change.text : null,
    after: isText ? change.after : change.what === 'added' ? change.text : null,
  }
}
