import { judgedDraft } from '../../core/draft/places.ts'
import { offerSignIn } from '../../core/draft/sessions.ts'
import { UserError } from '../../core/model/errors.ts'
import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import { studioLink } from '../view/sessions-message.ts'
import type { Bot, Request } from './request.ts'

/** **Studio**: a one-time link that signs in the person who asks and opens the draft's page. */
export async function offerStudio(
  { core, studio }: Bot,
  request: Request,
  { draftId }: Action,
): Promise<void> {
  const { actor, locale, reply, surface, words, workspace } = request
  await reply.acknowledge()
  if (studio.origin === null) return reply.privately(notice(words.signIn.off, 'bad'))
  const draft = await judgedDraft(core, workspace, draftId)
  if (!draft) throw new UserError('draft_not_found', { draftId })
  const { channelId, threadId, isOwnThread } = draft.place
  // Drafts they start in the studio are as visible as this one: in its channel, or in the thread of others that it lives in.
  const home = { surface, workspace, channelId, threadId: isOwnThread ? null : threadId }
  const code = await offerSignIn(core, { actor, home, locale, draftId })
  await reply.privately(studioLink(`${studio.origin}/sign-in/${code}`, studio.isPublic, words))
}
