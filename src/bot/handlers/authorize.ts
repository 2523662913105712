import { type DraftPlace, draftPlaces, judgedDraft, type Seen } from '../../core/draft/places.ts'
import { UserError } from '../../core/model/errors.ts'
import { NOTHING, type Rights, UNKNOWN } from './access.ts'
import { ACTS, type Act } from './needs.ts'
import type { Bot, Request } from './request.ts'

/** Milliseconds that a platform gets to answer: before a form, which has to open within three seconds, and otherwise. */
export const PATIENCE = { form: 1500, otherwise: 5000 }

type Who = Pick<Request, 'access' | 'actor' | 'surface' | 'workspace'>

/**
 * The single check in front of everything that concerns a draft. The draft's own place decides, wherever the button or
 * command was used. What isn't known in time counts as no, except for the draft's author.
 * @returns what the person may do at that place.
 * @throws UserError `draft_not_found`, as for a nonexistent draft, for people who may not see it; for others, a sentence
 * saying who may do this.
 */
export async function authorize(
  bot: Bot,
  who: Who,
  act: Act,
  draftId: string,
  patience = PATIENCE.otherwise,
): Promise<Rights> {
  const { rights, acts } = await judge(bot, who, draftId, patience)
  if (!acts.has(act)) throw new UserError(act === 'delete' ? 'not_allowed_to_delete' : 'not_allowed_to_write')
  return rights
}

/** Everything a person may do with a draft. @throws UserError `draft_not_found` for people who may not see it. */
export async function allowedActs(bot: Bot, who: Who, draftId: string): Promise<ReadonlySet<Act>> {
  return (await judge(bot, who, draftId, PATIENCE.otherwise)).acts
}

async function judge(bot: Bot, who: Who, draftId: string, patience: number) {
  const draft = await judgedDraft(bot.core, who.workspace, draftId)
  const rights = draft === null ? NOTHING : await rightsAt(bot, who, draft.place, patience)
  const isAuthor = draft?.authorId === who.actor.id
  const acts = new Set(ACTS.filter((act) => allows(rights, act, isAuthor)))
  if (!acts.has('see')) throw new UserError('draft_not_found', { draftId: draftId.slice(0, 50) })
  return { rights, acts }
}

/**
 * Called before a draft is created. @throws UserError for people who can't write at the place, and for people of other
 * companies.
 */
export function authorizeCreate(
  bot: Bot,
  who: Request,
  patience = PATIENCE.otherwise,
  place = hereOf(who),
): Promise<void> {
  return authorizeCreateAt(bot, who, place, patience)
}

/** Same, for a person who isn't at a place. */
export async function authorizeCreateAt(
  bot: Bot,
  who: Who,
  place: DraftPlace,
  patience = PATIENCE.otherwise,
): Promise<void> {
  const rights = await rightsAt(bot, who, place, patience)
  // The person who starts a draft is its author.
  if (!allows(rights, 'see', true)) throw new UserError('not_allowed_to_create')
  if (!allows(rights, 'write', true)) throw new UserError('not_allowed_to_write')
}

/** Called before changing what applies to the whole workspace. @throws UserError for people who don't manage it. */
export async function authorizeManage(bot: Bot, who: Request, patience = PATIENCE.otherwise): Promise<void> {
  const rights = await rightsAt(bot, who, hereOf(who), patience)
  if (!rights.manageWorkspace) throw new UserError('not_allowed_to_manage')
}

/** What the person may do where they are. */
export function rightsHere(bot: Bot, who: Request): Promise<Rights> {
  return rightsAt(bot, who, hereOf(who), PATIENCE.otherwise)
}

/** Which drafts of their workspace a person may see. Each place is looked up once, however many drafts it has. */
export async function seenBy(bot: Bot, who: Who, patience = PATIENCE.otherwise): Promise<Seen> {
  const places = await draftPlaces(bot.core, who.workspace)
  const rights = await Promise.all(places.map((place) => rightsAt(bot, who, place, patience, true)))
  return {
    places: places.filter((_, index) => rights[index]?.see),
    own: places.filter((_, index) => !rights[index]?.see && rights[index]?.authorKeeps),
    authorId: who.actor.id,
  }
}

function allows(rights: Rights, act: Act, isAuthor: boolean): boolean {
  if (isAuthor && rights.authorKeeps) return true
  if (!rights.see) return false
  switch (act) {
    case 'see':
      return true
    case 'write':
    case 'render':
      return rights.write
    case 'delete':
      return isAuthor || rights.manage
  }
}

async function rightsAt(
  { log }: Bot,
  { access, surface }: Who,
  place: DraftPlace,
  patience: number,
  onlySee = false,
): Promise<Rights> {
  // A list asks about many places; one unknown place is nothing unusual.
  const level = onlySee ? 'debug' : 'warn'
  const asked = access.at(place, onlySee).catch((error: unknown): Rights => {
    log[level]({ err: error, surface }, 'could not look up permissions on a platform')
    return UNKNOWN
  })
  const { promise: late, resolve } = Promise.withResolvers<Rights>()
  const timer = setTimeout(() => {
    log[level]({ surface }, 'looking up permissions on a platform took too long')
    resolve(UNKNOWN)
  }, patience)
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

function hereOf({ surface, workspace, spot }: Request): DraftPlace {
  return { surface, workspace, ...spot, isOwnThread: false }
}
