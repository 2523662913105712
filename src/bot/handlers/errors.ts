import { randomUUID } from 'node:crypto'
import { ProviderError, StaleEditError, UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import { HandledEventEntity } from '../../db/entities/handled-event.ts'
import {
  AwayError,
  BusyError,
  ClosedConversationError,
  FileTooLargeError,
  GoneError,
  LockedError,
  NotInvitedError,
  PermissionError,
} from '../thread/chat.ts'
import type { Bot, Request } from './request.ts'
import type { MessageView } from '../view/types.ts'
import { providerSentence } from '../words/failures.ts'
import { errorSentence, type Words } from '../words/index.ts'

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
      await request.reply.privately(notice(sentence, 'bad'))
    } catch (second) {
      // The interaction has ended or the platform is away: there is nobody left to tell.
      bot.log.warn({ err: second, sentence }, 'an error could not be shown')
    }
  }
}

/** One sentence about any error, in the reader's language. Unexpected ones are logged. */
export function sentenceFor(bot: Pick<Bot, 'log'>, words: Words, error: unknown): string {
  if (error instanceof UserError || error instanceof StaleEditError) return errorSentence(words, error)
  const trouble = storageTrouble(error)
  if (trouble) {
    bot.log.error({ err: error }, 'the disk or the database failed')
    return errorSentence(words, trouble)
  }
  if (error instanceof ProviderError) return providerSentence(words, error)
  if (error instanceof NotInvitedError) return words.invite(error.bot)
  if (error instanceof ClosedConversationError) return words.closedConversation
  if (error instanceof BusyError) return words.platformBusy(error.seconds)
  if (error instanceof AwayError) {
    bot.log.warn({ err: error.cause }, 'the platform did not answer')
    return words.platformAway
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') return words.tookTooLong
  if (error instanceof PermissionError) return words.permission(error.permission)
  if (error instanceof GoneError) return words.placeGone
  if (error instanceof FileTooLargeError) return words.fileTooLarge
  if (error instanceof LockedError) return words.messageLocked
  const reference = randomUUID().slice(0, 8)
  bot.log.error({ err: error, reference }, 'a handler failed')
  return words.unexpected(reference)
}

/** A message of one sentence. */
export function notice(sentence: string, tone: MessageView['tone'] = 'neutral'): MessageView {
  return { summary: sentence, tone, blocks: [{ type: 'text', text: sentence }] }
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
