import type { AutocompleteInteraction, Interaction } from 'discord.js'
import type { Store } from '../../../core/model/store.ts'
import { authorizeCreate, PATIENCE } from '../../handlers/authorize.ts'
import { answerErrors } from '../../handlers/errors.ts'
import { suggestDrafts } from '../../handlers/name-draft.ts'
import type { Bot, Request } from '../../handlers/request.ts'
import {
  commandOpensForm,
  handleAction,
  handleCommand,
  handleForm,
  handleMessage,
  onlyLooks,
  opensForm,
} from '../../handlers/router.ts'
import { beginsDraft } from '../../handlers/second-step.ts'
import { type Chat, PermissionError } from '../../thread/chat.ts'
import { notice, sentenceFor } from '../../thread/sentences.ts'
import type { AccessOf } from './access.ts'
import type { Answerable } from './answer.ts'
import type { Channels } from './channels.ts'
import { choiceOf } from './commands.ts'
import { chosenIn, commandOf, requestOf } from './decode.ts'
import { hasEnded } from './errors.ts'
import { DISCORD_LIMITS } from './limits.ts'
import { formValuesOf } from './modal.ts'
import { named } from './names.ts'
import { createReply, type DiscordReply, missingToLive } from './reply.ts'

export interface Surroundings {
  bot: Bot
  chat: Chat
  channels: Channels
  accessOf: AccessOf
  store: Store
}

/** Every interaction gets a response, whatever happens, and no error in one stops the program. */
export async function answerInteraction(around: Surroundings, interaction: Interaction): Promise<void> {
  const { bot, channels, accessOf } = around
  try {
    channels.noteUploadLimit(
      interaction.guildId ?? interaction.channelId ?? '',
      interaction.attachmentSizeLimit,
    )
    if (interaction.isAutocomplete()) await suggest(bot, accessOf, interaction)
    else if (isAnswerable(interaction)) await answer(around, interaction)
  } catch (error) {
    // Discord had dropped it before it was acknowledged: nothing has been changed.
    const sentence = hasEnded(error) ? 'an interaction ended before it was answered' : 'an interaction failed'
    bot.log.warn({ err: error, interaction: interaction.id }, sentence)
  }
}

function isAnswerable(interaction: Interaction): interaction is Answerable {
  return (
    interaction.isChatInputCommand() ||
    interaction.isMessageContextMenuCommand() ||
    interaction.isMessageComponent() ||
    interaction.isModalSubmit()
  )
}

async function answer(around: Surroundings, interaction: Answerable): Promise<void> {
  const { bot, chat, channels, accessOf, store } = around
  const arrived = performance.now()
  const answered = () => bot.acknowledged('discord', (performance.now() - arrived) / 1000)
  const decoded = requestOf(interaction, accessOf)
  const { words, spot } = decoded
  const reply = createReply(interaction, { chat, channels, store, words, spot, answered })
  const request: Request = { ...decoded, reply }
  const { client, guild } = interaction
  const mentions = interaction.isMessageContextMenuCommand() ? interaction.targetMessage.mentions : undefined
  const naming = (text: string) => named(text, { client, guild, mentions }, channels, request)
  try {
    await work(bot, request, reply, interaction, naming)
  } catch (error) {
    if (hasEnded(error)) throw error
    // The checks before the handlers also query the database.
    await reply.privately(notice(sentenceFor(bot, words, error), 'bad'))
  }
  const missing = changesDraft(interaction) ? missingToLive(interaction) : null
  // The request is done, but its message can't show it, which a person has to fix.
  await reply.finish(missing === null ? null : notice(words.permission(missing), 'bad'))
}

/** True for interactions that come from a draft's messages and change it. */
function changesDraft(interaction: Answerable): boolean {
  if (interaction.isStringSelectMenu()) return !onlyLooks(chosenIn(interaction).id)
  return interaction.isModalSubmit() || (interaction.isButton() && !onlyLooks(interaction.customId))
}

/**
 * Interactions that may change something are acknowledged first, so that one that Discord has dropped changes nothing. Those that
 * open a form can't be: the form itself is the first response, after a single database query.
 */
async function work(
  bot: Bot,
  request: Request,
  reply: DiscordReply,
  interaction: Answerable,
  naming: (text: string) => Promise<string>,
): Promise<void> {
  const refusing = (sentence: string) => reply.privately(notice(sentence, 'bad'))
  const { words } = request
  if (interaction.isMessageContextMenuCommand()) {
    const text = interaction.targetMessage.content
    await allowing(bot, request, interaction, async () => handleMessage(bot, request, await naming(text)))
  } else if (interaction.isChatInputCommand()) {
    const command = commandOf(interaction)
    if (!command) return refusing(words.expiredAction)
    const { name, options } = command
    const run = async () => handleCommand(bot, request, name, await eachNamed(options, naming))
    if (name === 'create')
      return allowing(bot, request, interaction, async () => {
        await reply.acknowledgeToAll()
        await run()
      })
    if (!commandOpensForm(name)) await reply.acknowledge()
    await run()
  } else if (interaction.isModalSubmit()) {
    const values = formValuesOf(interaction)
    const submit = async () => handleForm(bot, request, interaction.customId, await eachNamed(values, naming))
    if (beginsDraft(request, interaction.customId, values))
      return allowing(bot, request, interaction, async () => {
        await reply.acknowledgeToAll()
        await submit()
      })
    await reply.acknowledge()
    await submit()
  } else {
    const { id, value } = interaction.isStringSelectMenu()
      ? chosenIn(interaction)
      : { id: interaction.customId, value: '' }
    const act = () => handleAction(bot, request, id, value)
    if (beginsDraft(request, id))
      return allowing(bot, request, interaction, async () => {
        await reply.acknowledgeToAll()
        await act()
      })
    if (!opensForm(id)) await reply.acknowledge()
    await act()
  }
}

/** Replaces mentions in the texts of commands and forms by names. */
async function eachNamed<T extends Record<string, unknown>>(
  values: T,
  naming: (text: string) => Promise<string>,
): Promise<T> {
  const texts = Object.entries(values).map(async ([name, value]) => [
    name,
    typeof value === 'string' ? await naming(value) : value,
  ])
  return Object.fromEntries(await Promise.all(texts))
}

/** Checked before anything is posted or a form is opened: may this person start a draft here, and may we? */
async function allowing(
  bot: Bot,
  request: Request,
  interaction: Answerable,
  begin: () => Promise<void>,
): Promise<void> {
  let allowed = false
  await answerErrors(bot, request, async () => {
    await authorizeCreate(bot, request, PATIENCE.form)
    const missing = missingToLive(interaction)
    if (missing !== null) throw new PermissionError(missing)
    allowed = true
  })
  if (allowed) await begin()
}

/** This server's drafts whose title or id contains what was typed so far. */
async function suggest(bot: Bot, accessOf: AccessOf, interaction: AutocompleteInteraction): Promise<void> {
  const typed = interaction.options.getFocused()
  const max = DISCORD_LIMITS.command.choices
  const drafts = await suggestDrafts(bot, requestOf(interaction, accessOf), typed, max, PATIENCE.form)
  const now = bot.core.clock()
  await interaction.respond(drafts.map((draft) => choiceOf(draft, interaction.locale, now)))
}
