import { footageChoices } from '../../core/draft/choose-footage.ts'
import { footageSheet } from '../../core/draft/footage-sheet.ts'
import { getSegment } from '../../core/draft/load.ts'
import { pickEnded, requestPick } from '../../core/draft/pick-footage.ts'
import { UserError } from '../../core/model/errors.ts'
import type { Action } from '../view/action-id.ts'
import { type FootagePanel, footagePanel, footageTitle, pickNumber, placeIn } from '../view/footage-panel.ts'
import { failureText } from '../words/failures.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** Milliseconds after which nobody can still be waiting for a search, so it ends; also how long a pick is followed. */
const PATIENCE = { search: 60_000, pick: 600_000 }

/** **Footage**: up to six candidates in one numbered picture, shown only to this person. */
export async function showFootage(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  await show(request, await panelOf(bot, request, action, { isSearch: true }))
}

/** A number's button: says immediately what is being fetched, and later how that went. */
export async function pickByNumber(bot: Bot, request: Request, action: Action): Promise<void> {
  const { number } = action
  await pick(bot, request, action, (choice) => pickNumber(placeIn(number), choice) === number)
}

/** A candidate chosen in a select, as in earlier versions; `value` is its provider and id. */
export async function pickFootage(bot: Bot, request: Request, action: Action, value: string): Promise<void> {
  await pick(bot, request, action, ({ provider, id }) => `${provider}:${id}`.slice(0, 100) === value)
}

async function pick(
  bot: Bot,
  request: Request,
  action: Action,
  isMeant: (choice: { provider: string; id: string }) => boolean,
): Promise<void> {
  const { core, threads } = bot
  await request.reply.acknowledge()
  const panel = await panelOf(bot, request, action, { isSearch: false })
  const index = panel.choices.findIndex(isMeant)
  const choice = panel.choices[index]
  if (!choice) throw new UserError('candidate_not_found')
  const number = index + 1
  const jobId = await requestPick(core, scopeOf(request, action), action.segmentId, choice)
  await show(request, { ...panel, picked: { number, state: 'fetching' } })
  const ended = await pickEnded(core, jobId, PATIENCE.pick)
  // Another pick made in the meantime has its own response.
  if (ended === null || ended.state === 'replaced') return
  const picked: FootagePanel['picked'] =
    ended.state === 'done'
      ? { number, state: 'used' }
      : { number, state: 'failed', reason: reasonOf(ended, request) }
  await show(request, { ...(await panelOf(bot, request, action, { isSearch: false })), picked })
  threads.refresh(action.draftId)
}

function reasonOf({ state, error }: { state: string; error: string | null }, { words }: Request): string {
  return state === 'cancelled' ? words.errors.cancelled(undefined) : failureText(words, error)
}

async function show({ reply, words }: Request, panel: FootagePanel): Promise<void> {
  await reply.privately(footagePanel(panel, words))
}

async function panelOf(
  { core }: Bot,
  request: Request,
  action: Action,
  { isSearch }: { isSearch: boolean },
): Promise<FootagePanel> {
  const { workspace, words } = request
  const { draftId, segmentId } = action
  const { segmentIndex } = await getSegment(core, workspace, draftId, segmentId)
  const { choices, unusable, format } = await footageChoices(
    core,
    scopeOf(request, action),
    segmentId,
    AbortSignal.timeout(PATIENCE.search),
    { isSearch },
  )
  const tiles = choices.map((choice) => ({
    picture: choice.thumbnailPath,
    title: footageTitle(choice, words),
  }))
  const sheet = await footageSheet(core, draftId, format, tiles)
  return { draftId, segmentId, place: segmentIndex + 1, choices, unusable, sheet }
}
