import { abandonDraft, requestDraft } from '../../core/draft/create.ts'
import { type CreateInput, parseCreateInput } from '../../core/draft/create-input.ts'
import { newDraftId } from '../../core/model/ids.ts'
import { openingOf } from '../view/announcement.ts'
import { AUTO, createForm, fieldsAfter, NO_MUSIC } from '../view/forms.ts'
import type { FormValues } from '../view/types.ts'
import type { CommandOptions } from './commands.ts'
import { durationOf } from './form-values.ts'
import type { Bot, Request } from './request.ts'
import { offerRest } from './second-step.ts'

/** `/draft create`: posts the announcement, opens its thread and starts the work. */
export async function createFromCommand(bot: Bot, request: Request, options: CommandOptions): Promise<void> {
  await createDraft(bot, request, inputOf(options, request))
}

/** Same, from a form. */
export async function createFromForm(bot: Bot, request: Request, values: FormValues): Promise<void> {
  const { duration, ...rest } = values
  const options = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''))
  const input = inputOf({ ...options, duration: duration?.trim() ? duration : undefined }, request)
  const missing = fieldsAfter(createForm(request.words, values), values)
  if (missing.length === 0) return createDraft(bot, request, input)
  // Errors are reported before anything else is asked.
  parseCreateInput(input)
  await offerRest(bot, request, values, missing)
}

/** Starts a draft at the person's place. Bad input is rejected before anything is shown to others. */
async function createDraft(bot: Bot, request: Request, input: CreateInput): Promise<void> {
  const { topic, language } = parseCreateInput(input)
  const draftId = newDraftId(bot.core.clock())
  await bot.threads.open(draftId, async (nonce) => {
    const { surface, workspace, spot, actor, reply, eventId } = request
    const place = { surface, workspace, ...spot }
    await requestDraft(bot.core, input, actor, place, draftId, eventId)
    const { name, announcement } = openingOf(actor.name, topic ?? '', language)
    try {
      return await reply.openThread(name, announcement, nonce)
    } catch (error) {
      // The person sees why. A draft that nobody can see must not continue.
      await abandonDraft(bot.core, draftId)
      throw error
    }
  })
}

function inputOf(options: CommandOptions, { locale }: Request): CreateInput {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
  const music = text('music')
  const language = text('language')
  return {
    topic: text('topic'),
    script: text('script'),
    format: text('format'),
    targetDuration: secondsOf(options.duration),
    style: text('style'),
    language: language === AUTO ? undefined : language,
    fallbackLanguage: locale.split('-')[0],
    template: text('template'),
    ...(music !== undefined && (music === NO_MUSIC ? { musicEnabled: false } : { mood: music })),
  }
}

/** Clients that know an earlier version of the command send a number. @throws UserError saying what is allowed. */
function secondsOf(duration: CommandOptions[string]): number | undefined {
  if (typeof duration === 'string') return durationOf('targetDuration', duration)
  return typeof duration === 'number' ? duration : undefined
}
