import { randomUUID } from 'node:crypto'
import type { CreateInput } from '../../../core/draft/create-input.ts'
import { listJobs } from '../../../core/draft/jobs.ts'
import { listDrafts } from '../../../core/draft/list.ts'
import { type DraftWithSegments, getDraft } from '../../../core/draft/load.ts'
import { readPayload } from '../../../core/draft/payloads.ts'
import type { RenderReport } from '../../../core/media/types.ts'
import type { Segment } from '../../../db/entities/segment.ts'
import type { CommandOptions } from '../../handlers/commands.ts'
import type { Request } from '../../handlers/request.ts'
import { handleAction, handleCommand, handleForm } from '../../handlers/router.ts'
import { TERMINAL_ACCESS } from '../../surfaces/terminal/access.ts'
import type { TerminalChat } from '../../surfaces/terminal/chat.ts'
import { TerminalReply } from '../../surfaces/terminal/chat.ts'
import { decodeAction, encodeAction, type Verb } from '../../view/action-id.ts'
import { NO_MUSIC } from '../../view/forms.ts'
import type { FormValues } from '../../view/types.ts'
import { failureText } from '../../words/failures.ts'
import { type Words, wordsFor } from '../../words/index.ts'
import type { Program } from '../compose.ts'
import { DemoFailed } from './errors.ts'

const WORKSPACE = 'terminal:local'

/** A person at a terminal working on one draft, through the same commands, buttons and forms as on a platform. */
export class DemoSession {
  readonly #program: Program
  readonly #chat: TerminalChat
  draftId = ''
  words: Words = wordsFor('en')

  constructor(program: Program, chat: TerminalChat) {
    this.#program = program
    this.#chat = chat
  }

  /** Runs `/draft create` and waits until all voices and footage are there. */
  async create(input: CreateInput): Promise<void> {
    const before = await this.#newestDraft()
    const options: CommandOptions = {
      topic: input.topic,
      script: input.script,
      format: input.format,
      duration: input.targetDuration,
      style: input.style,
      language: input.language,
      template: input.template,
      music: input.musicEnabled === false ? NO_MUSIC : input.mood,
    }
    const reply = new TerminalReply(this.#chat)
    await handleCommand(this.#program.bot, this.#request(reply), 'create', options)
    await this.settle()
    this.draftId = (await this.#newestDraft()) ?? ''
    if (reply.refusal !== null || this.draftId === '' || this.draftId === before)
      throw new DemoFailed(reply.refusal ?? this.#chat.failure() ?? 'No draft was created.')
    const { draft, segments } = await this.load()
    this.words = wordsFor(draft.language)
    if (draft.status !== 'assets_ready')
      throw new DemoFailed(`Some voices or footage are missing: ${missingAssets(segments)}`)
  }

  /** Presses a button. */
  async press(verb: Verb, segmentId = 0, number = 0): Promise<void> {
    await this.#press(encodeAction(verb, this.draftId, segmentId, number))
  }

  /** Presses **Render**, and **Render all the same** if asked about blanks. */
  async render(): Promise<void> {
    const offered = await this.#press(encodeAction('render', this.draftId))
    const anyway = offered.find((action) => decodeAction(action)?.verb === 'render_anyway')
    if (anyway !== undefined) await this.#press(anyway)
  }

  /** @returns the actions offered in the response. */
  async #press(action: string): Promise<string[]> {
    const reply = new TerminalReply(this.#chat)
    await handleAction(this.#program.bot, this.#request(reply), action)
    await this.settle()
    const verb = decodeAction(action)?.verb ?? action
    if (reply.refusal !== null) throw new DemoFailed(`The button ${verb} was refused: ${reply.refusal}`)
    return reply.offered
  }

  /** Opens a form with its button, changes some of its fields and submits it. */
  async fillIn(verb: Verb, changes: FormValues, segmentId = 0): Promise<void> {
    const opened = new TerminalReply(this.#chat)
    const action = encodeAction(verb, this.draftId, segmentId)
    await handleAction(this.#program.bot, this.#request(opened), action)
    const form = opened.form
    if (!form)
      throw new DemoFailed(`The form ${verb} did not open: ${opened.refusal ?? 'no reason was given.'}`)
    const values = Object.fromEntries(form.fields.map(({ id, value }) => [id, value]))
    const reply = new TerminalReply(this.#chat)
    await handleForm(this.#program.bot, this.#request(reply), form.action, { ...values, ...changes })
    await this.settle()
    if (reply.refusal !== null) throw new DemoFailed(`The form ${verb} was refused: ${reply.refusal}`)
  }

  load(): Promise<DraftWithSegments> {
    return getDraft(this.#program.core, WORKSPACE, this.draftId)
  }

  /** The latest render, its video's name in the store, and what it did. @throws DemoFailed if it hasn't succeeded. */
  async lastRender(): Promise<{ video: string; report: RenderReport }> {
    const { jobs } = await listJobs(this.#program.core, WORKSPACE, { draftId: this.draftId, limit: 1 })
    const [job] = jobs
    if (job?.state !== 'done' || job.outputVideoPath === null)
      throw new DemoFailed(failureText(wordsFor('en'), job?.error) || 'There is no video.')
    const report = readPayload('finalize', job)?.report
    if (!report) throw new DemoFailed('The render has left no report.')
    return { video: job.outputVideoPath, report }
  }

  /** Waits until no job of the draft is running and the thread is up to date. */
  async settle(): Promise<void> {
    await this.#program.queue.idle()
    await this.#program.threads.settled()
  }

  #request(reply: TerminalReply): Request {
    return {
      actor: { id: 'you', name: 'You' },
      access: TERMINAL_ACCESS,
      surface: 'terminal',
      workspace: WORKSPACE,
      spot: { channelId: 'terminal', threadId: null },
      words: this.words,
      locale: 'en',
      eventId: randomUUID(),
      reply,
    }
  }

  async #newestDraft(): Promise<string | undefined> {
    const { drafts } = await listDrafts(this.#program.core, { workspace: WORKSPACE, limit: 1 })
    return drafts[0]?.draftId
  }
}

/** Each distinct reason once: a service that is down is down for all segments. */
function missingAssets(segments: Segment[]): string {
  const reasons = segments.flatMap(({ voiceError, footageError }) => [voiceError, footageError])
  const stored = reasons.filter((reason) => reason !== null)
  return [...new Set(stored.map((reason) => failureText(wordsFor('en'), reason)))].join(' ')
}
