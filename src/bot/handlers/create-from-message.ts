import { LIMITS } from '../../core/model/limits.ts'
import { cleaned } from '../../core/model/text/clean.ts'
import { createForm } from '../view/forms.ts'
import type { Bot, Request } from './request.ts'

/** **Make a draft from this**: opens the form with a message's text, as the topic or, when it is longer, as the script. */
export async function createFromMessage(_bot: Bot, request: Request, message: string): Promise<void> {
  const text = cleaned(message, request.surface === 'slack' ? 'slack' : 'discord')
  const isTopic = text.length <= LIMITS.topic && !text.includes('\n')
  await request.reply.openForm(createForm(request.words, isTopic ? { topic: text } : { script: text }))
}
