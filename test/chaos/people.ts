import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { EVERYTHING } from '../../src/bot/handlers/access.ts'
import type { Request } from '../../src/bot/handlers/request.ts'
import { handleAction, handleCommand, handleForm } from '../../src/bot/handlers/router.ts'
import type { Program } from '../../src/bot/program/compose.ts'
import { encodeAction, type Verb } from '../../src/bot/view/action-id.ts'
import type { FormValues } from '../../src/bot/view/types.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import { listDrafts } from '../../src/core/draft/list.ts'
import { getDraft } from '../../src/core/draft/load.ts'
import type { FilePlatform, FileReply } from './platform.ts'

const WORKSPACE = 'chaos:1'
/** Drafts that exist at a time. */
const DRAFTS = 3
/** The buttons people press besides Edit, on a segment of their choice. */
const ARRANGEMENTS = [
  'undo',
  'redo',
  'revoice',
  'refetch',
  'split',
  'merge',
  'move_up',
  'insert_form',
] as const

/** People who never stop: they start drafts, edit, undo, render, cancel, reopen and delete, until the process ends. */
export async function actForEver(program: Program, platform: FilePlatform): Promise<never> {
  for (;;) {
    await setTimeout(Math.random() * 250)
    // Not awaited, so that several act at once.
    void act(program, platform)
  }
}

/** One person's action, until it is answered. */
export async function act({ bot }: Program, platform: FilePlatform): Promise<void> {
  const reply = platform.reply(randomUUID())
  const request = requestOf(reply)
  const press = (verb: Verb, draftId: string, segmentId = 0) =>
    handleAction(bot, request, encodeAction(verb, draftId, segmentId))
  const fillIn = async (verb: Verb, draftId: string, segmentId: number, changes: FormValues) => {
    await press(verb, draftId, segmentId)
    const { form } = reply
    if (!form) return
    const values = Object.fromEntries(form.fields.map(({ id, value }) => [id, value]))
    const sending = requestOf(platform.reply(randomUUID()))
    await handleForm(bot, sending, form.action, { ...values, ...changes })
  }

  const { drafts } = await listDrafts(bot.core, { workspace: WORKSPACE, limit: 20 })
  const draft = drafts[Math.floor(Math.random() * drafts.length)]
  if (!draft || (drafts.length < DRAFTS && Math.random() < 0.3)) {
    const topic = `Topic ${randomUUID()}`
    return handleCommand(bot, request, 'create', { topic, format: 'square' })
  }
  const { draftId, status } = draft
  const chance = Math.random()
  if (chance < 0.05) return press('delete', draftId)
  if (status === 'converting') return chance < 0.15 ? press('cancel', draftId) : undefined
  if (status === 'finalized') return chance < 0.6 ? press('reopen', draftId) : undefined
  if (chance < 0.5) return press('render', draftId)
  const { segments } = await getDraft(bot.core, WORKSPACE, draftId)
  const segmentId = segments[Math.floor(Math.random() * segments.length)]?.id ?? 0
  const words = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => 'word').join(' ')
  const verb = ARRANGEMENTS[Math.floor(Math.random() * ARRANGEMENTS.length)]
  if (chance > 0.8 && verb === 'insert_form')
    return fillIn(verb, draftId, segmentId, { text: `And ${words}.` })
  if (chance > 0.8 && verb !== undefined) return press(verb, draftId, segmentId)
  const change = Math.random() < 0.6 ? { text: `So ${words}.` } : { searchQuery: `query ${words}` }
  return fillIn('edit_form', draftId, segmentId, change)
}

/** Each person has a unique name, which identifies their announcement. */
function requestOf(reply: FileReply): Request {
  const { eventId } = reply
  return {
    actor: { id: eventId, name: `Person ${eventId}` },
    access: { at: async () => EVERYTHING },
    surface: 'chaos',
    workspace: WORKSPACE,
    spot: { channelId: 'channel', threadId: null },
    words: wordsFor('en'),
    locale: 'en',
    eventId,
    reply,
  }
}
