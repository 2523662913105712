import { endSessions, sessionsOf } from '../../core/draft/sessions.ts'
import type { Action } from '../view/action-id.ts'
import { sessionsView } from '../view/sessions-message.ts'
import { rightsHere } from './authorize.ts'
import type { Bot, Request } from './request.ts'

/** `/draft sessions`: lists where the person is signed in to the studio. */
export async function showSessions(bot: Bot, request: Request): Promise<void> {
  await request.reply.acknowledge()
  await show(bot, request)
}

/** **Sign out** of one browser; an id of another person's session has no effect. */
export async function endSession(bot: Bot, request: Request, { number: id }: Action): Promise<void> {
  const { actor, workspace, reply, words } = request
  await reply.acknowledge()
  await endSessions(bot.core, { workspace, personId: actor.id, id })
  await show(bot, request, words.signIn.ended)
}

/** **Sign out everywhere**. */
export async function endOwnSessions(bot: Bot, request: Request): Promise<void> {
  const { actor, workspace, reply } = request
  await reply.acknowledge()
  await endSessions(bot.core, { workspace, personId: actor.id })
  await show(bot, request)
}

/** **Sign everyone out**, for managers of the workspace. */
export async function endAllSessions(bot: Bot, request: Request): Promise<void> {
  const { workspace, reply, words } = request
  await reply.acknowledge()
  const count = await endSessions(bot.core, { workspace })
  await show(bot, request, words.signIn.endedAll(count))
}

async function show(bot: Bot, request: Request, said: string | null = null): Promise<void> {
  const { actor, workspace, reply, words } = request
  const sessions = await sessionsOf(bot.core, workspace, actor.id)
  const { manageWorkspace } = await rightsHere(bot, request)
  await reply.privately(sessionsView(sessions, words, manageWorkspace, said))
}
