import { encodeAction } from '../view/action-id.ts'
import { shorten } from '../view/shorten.ts'
import type { FormValues } from '../view/types.ts'
import { requireAllowedWorkspace } from './allowed-workspace.ts'
import { COMMAND_NAMES } from './command-line.ts'
import type { CommandOptions } from './commands.ts'
import { answerErrors, isFirstDelivery } from './errors.ts'
import { keepForm } from './kept-forms.ts'
import type { Bot, Request } from './request.ts'

/** What a person typed instead of a command. */
export function handleTopic(
  bot: Bot,
  request: Request,
  typed: { name: string; options: CommandOptions },
): Promise<void> {
  const work = async () => {
    requireAllowedWorkspace(bot, request)
    if (await isFirstDelivery(bot, request)) await offerTopic(bot, request, typed)
  }
  return answerErrors(bot, request, work, { act: 'no command' })
}

/** Handles text that isn't a command but could be a topic: offers to start a draft about it. */
async function offerTopic(
  bot: Bot,
  request: Request,
  { name, options }: { name: string; options: CommandOptions },
): Promise<void> {
  const { words, reply } = request
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const values: FormValues = Object.fromEntries(given.map(([field, value]) => [field, String(value)]))
  const kept = await keepForm(bot, request, encodeAction('create'), values)
  const topic = shorten(values.topic ?? values.script ?? '', 200)
  const summary = words.commandLine.offerTopic(name, topic, COMMAND_NAMES)
  await reply.privately({
    summary,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: summary },
      {
        type: 'buttons',
        buttons: [
          { action: encodeAction('start', '', 0, kept), label: words.form.start, style: 'primary' },
          { action: encodeAction('again', '', 0, kept), label: words.buttons.moreOptions },
        ],
      },
    ],
  })
}
