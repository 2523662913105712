import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { ProviderError, StaleEditError, UserError } from '../../core/model/errors.ts'
import { storageTrouble } from '../../core/model/failure.ts'
import type { MessageView } from '../view/types.ts'
import { providerSentence } from '../words/failures.ts'
import { errorSentence, type Words } from '../words/index.ts'
import {
  AwayError,
  BusyError,
  ClosedConversationError,
  FileTooLargeError,
  GoneError,
  LockedError,
  NotInvitedError,
  PermissionError,
} from './chat.ts'

/** One sentence about any error, in the reader's language. Unexpected ones are logged. */
export function sentenceFor(bot: { log: Logger }, words: Words, error: unknown): string {
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
