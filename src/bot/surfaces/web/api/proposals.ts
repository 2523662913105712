import { createRoute, z } from '@hono/zod-openapi'
import { acceptProposal, dismissProposal } from '../../../../core/draft/notes/proposals.ts'
import { rewriteText } from '../../../../core/draft/rewrite.ts'
import { StaleEditError } from '../../../../core/model/errors.ts'
import type { Bot } from '../../../handlers/request.ts'
import { errorSentence } from '../../../words/index.ts'
import { draftOf } from '../draft-of.ts'
import { type WebApp, whoOf } from '../env.ts'
import { WebError } from '../problems.ts'
import type { Who } from '../who.ts'
import { answers, body, DraftParams, needs, SegmentParams, scopeOf, whole } from './routes.ts'
import { DoneDraft } from './schemas.ts'

const ProposalParams = DraftParams.extend({ proposal_id: whole(1) })
const Acceptance = z.strictObject({
  text: z.string().nullish().openapi({ description: 'The edited text; by default the suggested one' }),
  seen_text: z.string().nullish().openapi({
    description: 'The segment’s text as the caller saw it. If it has changed since, the response is 409.',
  }),
})
const Instruction = z.strictObject({ instruction: z.string() })
const Rewritten = z.object({ text: z.string() }).openapi('Rewritten')

/** Proposals: other texts for segments, written by a script service. */
export function addProposals(app: WebApp, bot: Bot): void {
  const { core } = bot
  const about = { tags: ['Notes'], ...needs(bot, 'write') }
  const responses = answers(DoneDraft, 'The updated draft')
  const accept = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/proposals/{proposal_id}/accept', ...about, responses },
    ...needs(bot, 'write', { mayBeEmpty: true }),
    ...{ operationId: 'acceptProposal', summary: 'Accepts a suggested text' },
    request: { params: ProposalParams, body: body(Acceptance, false) },
  })
  app.openapi(accept, async (context) => {
    const { draft_id, proposal_id } = context.req.valid('param')
    const { text, seen_text } = context.req.valid('json')
    const who = whoOf(context)
    const given = { proposalId: proposal_id, text: text ?? undefined, seenText: seen_text ?? undefined }
    try {
      await acceptProposal(core, scopeOf(who, draft_id), given)
    } catch (error) {
      throw error instanceof StaleEditError ? await stale(bot, who, draft_id, given, error) : error
    }
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
  const dismiss = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/proposals/{proposal_id}/dismiss', ...about, responses },
    ...{ operationId: 'dismissProposal', summary: 'Dismisses a suggested text' },
    request: { params: ProposalParams },
  })
  app.openapi(dismiss, async (context) => {
    const { draft_id, proposal_id } = context.req.valid('param')
    const who = whoOf(context)
    await dismissProposal(core, scopeOf(who, draft_id), proposal_id)
    return context.json({ success: true as const, data: await draftOf(bot, who, draft_id) }, 200)
  })
  const rewrite = createRoute({
    ...{ method: 'post', path: '/api/draft/{draft_id}/segments/{segment_id}/rewrite', ...about },
    ...{ operationId: 'rewriteSegment', summary: 'Suggests another text for a segment, without changing it' },
    request: { params: SegmentParams, body: body(Instruction) },
    responses: answers(Rewritten, 'The suggested text'),
  })
  app.openapi(rewrite, async (context) => {
    const { draft_id, segment_id } = context.req.valid('param')
    const { instruction } = context.req.valid('json')
    const text = await rewriteText(core, scopeOf(whoOf(context), draft_id), segment_id, instruction)
    return context.json({ text }, 200)
  })
}

async function stale(
  bot: Bot,
  who: Who,
  draftId: string,
  { proposalId, text }: { proposalId: number; text: string | undefined },
  error: StaleEditError,
): Promise<WebError> {
  const { segments } = await draftOf(bot, who, draftId)
  const theirs = segments.find(({ proposal }) => proposal?.id === proposalId) ?? null
  const more = { changed_by: error.changedBy, mine: { text: text ?? theirs?.proposal?.text ?? '' }, theirs }
  return new WebError(409, 'stale', errorSentence(who.words, error), more)
}
