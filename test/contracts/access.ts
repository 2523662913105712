import { beforeAll, describe, expect, it } from 'vitest'
import { authorize, seenBy } from '../../src/bot/handlers/authorize.ts'
import type { CommandSpec } from '../../src/bot/handlers/commands.ts'
import { COMMANDS } from '../../src/bot/handlers/commands.ts'
import { keepForm } from '../../src/bot/handlers/kept-forms.ts'
import { type Act, COMMAND_NEEDS, NEEDS, type Need } from '../../src/bot/handlers/needs.ts'
import type { Request } from '../../src/bot/handlers/request.ts'
import { handleAction, handleCommand, handleForm } from '../../src/bot/handlers/router.ts'
import { encodeAction, VERBS, type Verb } from '../../src/bot/view/action-id.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import { listDrafts } from '../../src/core/draft/list.ts'
import { ENGLISH_ERRORS } from '../../src/core/model/error-messages.ts'
import { UserError } from '../../src/core/model/errors.ts'
import type { Place } from '../../src/core/model/people.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { ThreadMessageEntity } from '../../src/db/entities/thread-message.ts'
import { sharedProgram, type TestProgram } from '../factories/program.ts'
import { draftRow } from '../factories/rows.ts'
import { fakeChat, fakeRequest, saidIn } from '../fakes/chat.ts'

/** Every kind of person that a surface may know. Someone who is “in” has been let into conversations that are not open to all. */
export type WhoName =
  | 'author'
  | 'member'
  | 'moderator'
  | 'manager'
  | 'manager who is not in'
  | 'guest who is in'
  | 'guest who is not in'
  | 'reader who is not in'
  | 'somebody of another workspace'
  | 'somebody of another company'
  | 'somebody unknown'
  | 'author, but unknown'

/** Where drafts can be. `not cached`: the platform is down. `no answer`: it does not say who is in a conversation. */
export type Where =
  | 'public channel'
  | 'private channel'
  | 'thread'
  | 'private thread'
  | 'direct messages'
  | 'deleted channel'
  | 'deleted private thread'
  | 'not cached'
  | 'no answer'

const ALL: Act[] = ['see', 'write', 'render', 'delete']
const WRITING: Act[] = ['see', 'write', 'render']
const SEEING: Act[] = ['see']
const NOTHING: Act[] = []

const IN_OPEN: Record<WhoName, Act[]> = {
  author: ALL,
  member: WRITING,
  moderator: ALL,
  manager: ALL,
  'manager who is not in': ALL,
  'guest who is in': WRITING,
  'guest who is not in': NOTHING,
  'reader who is not in': SEEING,
  'somebody of another workspace': NOTHING,
  'somebody of another company': NOTHING,
  'somebody unknown': NOTHING,
  'author, but unknown': ALL,
}
const IN_CLOSED: Record<WhoName, Act[]> = {
  ...IN_OPEN,
  'manager who is not in': NOTHING,
  'reader who is not in': NOTHING,
}
const ONLY_AUTHOR: Record<WhoName, Act[]> = {
  ...IN_CLOSED,
  ...{ member: NOTHING, moderator: NOTHING, manager: NOTHING, 'guest who is in': NOTHING },
}
const AUTHOR_AND_MANAGERS = { ...ONLY_AUTHOR, manager: ALL, 'manager who is not in': ALL }

/** The one table of rules. */
const RULES: Record<Where, Record<WhoName, Act[]>> = {
  'public channel': IN_OPEN,
  'private channel': IN_CLOSED,
  thread: IN_OPEN,
  'private thread': IN_CLOSED,
  'direct messages': ONLY_AUTHOR,
  'deleted channel': AUTHOR_AND_MANAGERS,
  'deleted private thread': AUTHOR_AND_MANAGERS,
  'no answer': ONLY_AUTHOR,
  'not cached': AUTHOR_AND_MANAGERS,
}

/** The right that each action needs, decided here a second time: a change in the program has to be made here too. */
const DECIDED: Record<Need, (Verb | `/${CommandSpec['name']}`)[]> = {
  see: ['history', 'about', 'download', 'open', 'notes', 'studio', '/show', '/history', '/jobs'],
  write: [
    ...([
      'cancel',
      'reopen',
      'add_form',
      'add',
      'undo',
      'redo',
      'restore',
      'settings_form',
      'language_form',
    ] as const),
    ...(['settings', 'retry_create', 'write_again', 'retry_ahead', 'retry_assets', 'edit_form'] as const),
    ...(['edit', 'footage', 'pick', 'refetch', 'revoice', 'move_up', 'move_down', 'insert_form'] as const),
    ...(['split', 'merge', 'remove', 'rewrite_form', 'rewrite', 'play', 'other_topic'] as const),
    ...(['watch', 'approve', 'withdraw', 'approvals_form', 'look_form', 'pick_number'] as const),
    ...(['arrange_form', 'arrange', 'move_form', 'move', 'whole_menu'] as const),
    ...(['note_form', 'note', 'note_resolve', 'note_done', 'note_reopen', 'note_delete'] as const),
    ...(['proposal_accept', 'proposal_form', 'proposal', 'proposal_dismiss'] as const),
    'bundle',
  ],
  render: [
    ...(['render_form', 'render', 'retry_render', 'upload_form', 'upload', 'upload_details_form'] as const),
    ...(['upload_details', 'publish', 'cancel_upload', 'upload_category_form'] as const),
  ],
  delete: ['delete_ask', 'delete', '/delete'],
  create: ['create_form', 'create', '/create'],
  manage: [
    'pronunciation_form',
    'pronunciation',
    '/settings',
    'account_check',
    '/account',
    '/token',
    'sessions_end_all',
    'webhook_form',
    'webhook',
  ],
  kept: ['again', 'apply_mine', 'rewrite_apply', 'render_anyway', 'more_form', 'more', 'start'],
  nothing: [
    'list_page',
    'keep_theirs',
    'dismiss',
    '/list',
    '/help',
    'session_end',
    'sessions_end',
    '/sessions',
  ],
}

type Who = Pick<Request, 'actor' | 'access' | 'surface' | 'workspace'>

/** A platform with these people, and the real client of a surface that decides what they may do. */
export interface AccessStage {
  author: { id: string }
  /** Null if the surface has no such people. */
  who(name: WhoName, where: Where): Promise<Who | null>
  /** A place as drafts store it, and whether its thread is one of ours; null if the surface has no such place. */
  place(where: Where): Promise<(Place & { isOwnThread?: boolean }) | null>
  /** Applies what happens to a place after drafts were made there, such as its deletion. */
  befall(where: Where): Promise<void>
}

const PEOPLE = Object.keys(IN_OPEN) as WhoName[]
const PLACES = Object.keys(RULES) as Where[]

/** One suite for all surfaces. */
export function accessContract(surface: string, start: () => Promise<AccessStage>, places = PLACES): void {
  // In this order: an outage befalls all places.
  describe(`who may do what: ${surface}`, { shuffle: false }, () => {
    const program = sharedProgram({ start: false })
    let stage: AccessStage
    let drafts: Map<Where, string>
    beforeAll(async () => {
      stage = await start()
      drafts = await draftsAt(program(), stage)
    }, 60_000)

    it.each(places)('%s', async (where) => {
      const draftId = drafts.get(where)
      if (draftId === undefined) throw new Error(`There is no draft at ${where}.`)
      await stage.befall(where)
      let asked = 0
      for (const name of PEOPLE) {
        const who = await stage.who(name, where)
        if (!who) continue
        asked += 1
        for (const act of ALL) {
          const may = await authorize(program().bot, who, act, draftId).then(
            () => true,
            (error: unknown) => error,
          )
          const expected = RULES[where][name].includes(act) || refusal(RULES[where][name], act, draftId)
          expect([name, act, sentence(may)], `${name} at ${where}`).toEqual([name, act, expected])
        }
        const seen = await seenBy(program().bot, who)
        const { drafts: listed, total } = await listDrafts(program().core, { workspace: who.workspace, seen })
        const sees = RULES[where][name].includes('see')
        expect([name, listed.some((draft) => draft.draftId === draftId)]).toEqual([name, sees])
        expect(total).toBe(listed.length)
      }
      expect(asked).toBeGreaterThan(0)
    })

    const closed = places.find(
      (where) => RULES[where]['reader who is not in'].length === 0 && where !== 'direct messages',
    )

    it.skipIf(!closed)('asks before every command, button, menu item and form', async () => {
      const where = closed ?? 'private channel'
      const draftId = drafts.get(where) ?? ''
      const outsider = await stage.who('reader who is not in', where)
      if (!outsider) throw new Error(`Everybody is at ${where}.`)
      const { bot } = program()
      const stored = await everything(program())
      const none = 'draft_20200101_000000_none'
      for (const id of [draftId, none])
        for (const verb of VERBS) {
          const need = NEEDS[verb]
          if (need === 'create' || need === 'nothing') continue
          const said = await answersTo(bot, outsider, verb, id)
          const refused = need === 'manage' ? ENGLISH_ERRORS.not_allowed_to_manage(undefined) : noDraft(id)
          for (const [how, sentences] of Object.entries(said))
            expect([verb, how, ...sentences]).toEqual([verb, how, refused])
        }
      for (const id of [draftId, none])
        for (const { name } of COMMANDS.filter((command) => COMMAND_NEEDS[command.name] !== 'create')) {
          const { request, answers } = fakeRequest(fakeChat(), outsider)
          await handleCommand(bot, request, name, { draft: id })
          const said = answers.privately.map(saidIn)
          if (COMMAND_NEEDS[name] === 'nothing')
            expect([name, said.join().includes(draftId)]).toEqual([name, false])
          else if (COMMAND_NEEDS[name] === 'manage')
            expect([name, ...said]).toEqual([name, ENGLISH_ERRORS.not_allowed_to_manage(undefined)])
          else expect([name, ...said]).toEqual([name, noDraft(id)])
        }
      expect(await everything(program())).toEqual(stored)
    })
  })
}

/** Every verb and command has a decision, and the program agrees with it. */
export function decisionsContract(): void {
  it('knows for every command, button and form what it takes', () => {
    const made = [
      ...VERBS.map((verb) => [verb, NEEDS[verb]]),
      ...COMMANDS.map(({ name }) => [`/${name}`, COMMAND_NEEDS[name]]),
    ]
    const decided = Object.entries(DECIDED).flatMap(([need, verbs]) => verbs.map((verb) => [verb, need]))
    expect(Object.fromEntries(made)).toEqual(Object.fromEntries(decided))
    expect(made).toHaveLength(decided.length)
  })
}

function noDraft(id: string): string {
  return `There is no draft “${id}” here.`
}

function refusal(may: Act[], act: Act, draftId: string): string {
  if (!may.includes('see')) return ENGLISH_ERRORS.draft_not_found({ draftId })
  return act === 'delete'
    ? ENGLISH_ERRORS.not_allowed_to_delete(undefined)
    : ENGLISH_ERRORS.not_allowed_to_write(undefined)
}

function sentence(answer: unknown): unknown {
  return answer instanceof UserError ? answer.message : answer
}

/** The answers to a person who presses a button, and to one who submits a form, with this verb. */
async function answersTo(
  bot: TestProgram['bot'],
  who: Who,
  verb: Verb,
  draftId: string,
): Promise<Record<string, string[]>> {
  const words = wordsFor('en')
  const isKept = NEEDS[verb] === 'kept'
  const asKept = fakeRequest(fakeChat(), who).request
  const number = isKept ? await keepForm(bot, asKept, encodeAction('edit', draftId, 1, 1), { text: 'x' }) : 1
  const id = encodeAction(verb, draftId, 1, number)
  const pressing = fakeRequest(fakeChat(), who)
  await handleAction(bot, pressing.request, id, 'x')
  const sending = fakeRequest(fakeChat(), who)
  await handleForm(bot, sending.request, id, { text: 'Mine.', instruction: 'mine' })
  for (const { answers } of [pressing, sending]) expect([verb, answers.forms]).toEqual([verb, []])
  const pressed = pressing.answers.privately.map(({ summary }) => summary)
  const sent = [...sending.answers.privately, ...sending.answers.refused.map(({ view }) => view)]
  const isNone = (sentences: string[]) => sentences.every((each) => each === words.expiredAction)
  // A form's verb has no button, and a button's verb no form, except Render, which had a form in earlier versions.
  const said = { button: pressed, form: sent.map(({ summary }) => summary) }
  const told = Object.fromEntries(Object.entries(said).filter(([, sentences]) => !isNone(sentences)))
  if (verb !== 'open') expect([verb, Object.keys(told).length]).toEqual([verb, verb === 'render' ? 2 : 1])
  return told
}

/** Everything that could be changed. */
async function everything({ core }: TestProgram): Promise<unknown> {
  const connection = core.db.fork().getConnection()
  const rows = await Promise.all(
    ['drafts', 'draft_segments', 'job_history', 'thread_messages'].map((table) =>
      connection.execute(`select * from ${table} order by id`),
    ),
  )
  return rows
}

async function draftsAt({ core }: TestProgram, stage: AccessStage): Promise<Map<Where, string>> {
  const drafts = new Map<Where, string>()
  for (const [index, where] of PLACES.entries()) {
    const found = await stage.place(where)
    if (!found) continue
    const { isOwnThread = false, ...place } = found
    const draftId = `draft_20260102_030405_${index}`
    const { id, version, ...row } = draftRow({ ...place, draftId, authorId: stage.author.id, title: where })
    const em = core.db.fork()
    await em.insert(DraftEntity, row)
    if (isOwnThread)
      await em.insert(ThreadMessageEntity, {
        ...{ draftId, slot: 'announcement', surface: place.surface, channelId: place.channelId },
        ...{ threadId: place.threadId, messageId: place.threadId ?? '', viewHash: 'x', files: {} },
        updatedAt: core.clock(),
      })
    drafts.set(where, draftId)
  }
  return drafts
}
