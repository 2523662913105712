import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import type { CommandOptions } from '../../src/bot/handlers/commands.ts'
import type { Request } from '../../src/bot/handlers/request.ts'
import { handleAction, handleCommand, handleForm } from '../../src/bot/handlers/router.ts'
import { type ComposeOptions, compose, type Program } from '../../src/bot/program/compose.ts'
import { loadSettings } from '../../src/bot/program/config.ts'
import { ffmpegFor } from '../../src/bot/program/find-ffmpeg.ts'
import { createProviders } from '../../src/bot/program/providers.ts'
import { TERMINAL_ACCESS } from '../../src/bot/surfaces/terminal/access.ts'
import { TerminalChat, TerminalReply } from '../../src/bot/surfaces/terminal/chat.ts'
import type { FormValues, MessageView } from '../../src/bot/view/types.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import { type DraftWithSegments, getDraft } from '../../src/core/draft/load.ts'
import { LocalStore } from '../../src/core/media/store/local-store.ts'
import type { FootageProvider } from '../../src/core/model/providers.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { foundFfmpeg, QUICK_FFMPEG } from './quick-ffmpeg.ts'

export interface RealProgram extends Program {
  folder: string
  /**
   * Runs `/draft create` and waits until nothing is running.
   * @returns the newest draft's id.
   */
  create(options: CommandOptions): Promise<string>
  /** Presses a button or chooses `value` in a select, and waits until nothing is running. */
  press(action: string, value?: string): Promise<Answer>
  /** Opens a form with its button, changes some of its fields and submits it. */
  fillIn(action: string, changes?: FormValues): Promise<Answer>
  load(draftId: string): Promise<DraftWithSegments>
  /** The current messages of all threads, oldest first. */
  messages(): MessageView[]
  /** The message that begins with a heading of these words, or whose summary contains them. */
  message(words: string): MessageView
  /** The bytes of the database, including its log. */
  stored(): Promise<string>
  /** Every line that was logged. */
  log: string[]
  /** Stops the program and removes its folder. */
  end(): Promise<void>
}

/** What one person got in response to an action. */
interface Answer {
  privately: MessageView[]
}

const WORKSPACE = 'terminal:test'

interface RealProgramOptions extends ComposeOptions {
  /** Replaces the footage providers of the settings, for tests of something else: drawing takes longer than everything else. */
  footage?: FootageProvider[]
}

/** The program with the providers that its settings name, and a terminal as its platform; it is already running. */
export async function realProgram(
  env: NodeJS.ProcessEnv,
  { footage, ...options }: RealProgramOptions = {},
): Promise<RealProgram> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-real-'))
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const settings = loadSettings({ DATA_DIR: folder, ...QUICK_FFMPEG, ...env })
  const { ffmpeg = await ffmpegFor(settings) } = await foundFfmpeg(settings)
  const store = new LocalStore(folder)
  const real = footage && (await createProviders(settings, { ffmpeg, store }, () => {}))
  const program = await compose(settings, logger, {
    rendersAhead: false,
    ffmpeg,
    ...(real && { providers: { ...real, providers: { ...real.providers, footage } } }),
    ...options,
  })
  const chat = new RememberingChat()
  program.threads.register(chat)
  await program.start()
  let events = 0
  const request = (reply: TerminalReply): Request => ({
    actor: { id: 'ann', name: 'Ann' },
    access: TERMINAL_ACCESS,
    surface: chat.surface,
    workspace: WORKSPACE,
    spot: { channelId: 'terminal', threadId: null },
    words: wordsFor('en'),
    locale: 'en',
    eventId: `event-${++events}`,
    reply,
  })
  const act = async (
    work: (request: Request) => Promise<void>,
  ): Promise<Answer & { reply: TerminalReply }> => {
    const reply = new RememberingReply(chat)
    await work(request(reply))
    await program.queue.idle()
    await program.threads.settled()
    return { privately: reply.views, reply }
  }
  return {
    ...program,
    folder,
    async create(options) {
      await act((asked) => handleCommand(program.bot, asked, 'create', options))
      const [newest] = await program.core.db
        .fork()
        .find(DraftEntity, {}, { orderBy: { id: 'desc' }, limit: 1 })
      return newest?.draftId ?? ''
    },
    press: (action, value) => act((asked) => handleAction(program.bot, asked, action, value)),
    async fillIn(action, changes = {}) {
      const { form } = (await act((asked) => handleAction(program.bot, asked, action))).reply
      if (!form) throw new Error(`${action} opened no form`)
      const values = Object.fromEntries(form.fields.map(({ id, value }) => [id, value]))
      return act((asked) => handleForm(program.bot, asked, form.action, { ...values, ...changes }))
    },
    load: (draftId) => getDraft(program.core, WORKSPACE, draftId),
    messages: () => [...chat.messages.values()],
    message: (words) => {
      const found = [...chat.messages.values()].find((view) => textOf(view).includes(words))
      if (!found) throw new Error(`no message says “${words}”`)
      return found
    },
    log,
    async stored() {
      const files = (await readdir(folder)).filter((name) => name.startsWith('rushes.sqlite'))
      const bytes = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'latin1')))
      return bytes.join('')
    },
    async end() {
      await program.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** All texts and actions of a view, as JSON. */
export function textOf(view: MessageView): string {
  return JSON.stringify(view)
}

class RememberingChat extends TerminalChat {
  readonly messages = new Map<string, MessageView>()

  constructor() {
    super({ write: () => {}, isTTY: false })
  }

  override async send(...given: Parameters<TerminalChat['send']>) {
    const sent = await super.send(...given)
    this.messages.set(sent.messageId, given[1])
    return sent
  }

  override async edit(...given: Parameters<TerminalChat['edit']>) {
    const sent = await super.edit(...given)
    this.messages.set(given[1], given[2])
    return sent
  }

  override async remove(...given: Parameters<TerminalChat['remove']>) {
    await super.remove(...given)
    this.messages.delete(given[1])
  }
}

class RememberingReply extends TerminalReply {
  readonly views: MessageView[] = []

  override async privately(view: MessageView) {
    this.views.push(view)
  }
}
