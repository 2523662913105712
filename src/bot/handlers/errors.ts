import { UserError } from '../../core/model/errors.ts'
import { HandledEventEntity } from '../../db/entities/handled-event.ts'
import { notice, sentenceFor } from '../thread/sentences.ts'
import { allDrafts } from '../view/all-drafts.ts'
import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import type { Bot, Request } from './request.ts'

/**
 * The one boundary around handlers: whatever goes wrong becomes one private sentence to the person concerned, in
 * their language; what is not theirs to understand goes to the log under a reference. How long it took is logged.
 * @param about what of it the log says: no words of people.
 */
export async function answerErrors(
  bot: Bot,
  request: Request,
  work: () => Promise<void>,
  about: { act?: string; draft?: string } = {},
): Promise<void> {
  const began = performance.now()
  await answer(bot, request, work)
  const ms = Math.round(performance.now() - began)
  bot.log.info({ surface: request.surface, ...about, ms }, 'interaction handled')
}

async function answer(bot: Bot, request: Request, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const sentence = sentenceFor(bot, request.words, error)
    try {
      await request.reply.privately(withWayOut(notice(sentence, 'bad'), request.words, error))
    } catch (second) {
      // The interaction has ended or the platform is away: there is nobody left to tell.
      bot.log.warn({ err: second, sentence }, 'an error could not be shown')
    }
  }
}

/** Who did not find a draft is offered the list of those that there are. */
function withWayOut(view: MessageView, words: Words, error: unknown): MessageView {
  if (!(error instanceof UserError) || error.code !== 'draft_not_found') return view
  return { ...view, blocks: [...view.blocks, { type: 'buttons', buttons: [allDrafts(words)] }] }
}

/** True the first time an event is seen: platforms deliver some twice, and a change must happen once. */
export async function isFirstDelivery(
  bot: Pick<Bot, 'core'>,
  request: Pick<Request, 'surface' | 'eventId'>,
): Promise<boolean> {
  const key = `${request.surface}:${request.eventId}`.slice(0, 200)
  const em = bot.core.db.fork()
  const inserted = await em
    .createQueryBuilder(HandledEventEntity)
    .insert({ key, createdAt: bot.core.clock() })
    .onConflict('key')
    .ignore()
    .execute()
  return inserted.affectedRows === 1
}
