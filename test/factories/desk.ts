import type { CommandOptions } from '../../src/bot/handlers/commands.ts'
import type { Request } from '../../src/bot/handlers/request.ts'
import { handleAction, handleCommand, handleForm, handleMessage } from '../../src/bot/handlers/router.ts'
import { encodeAction } from '../../src/bot/view/action-id.ts'
import type { FormValues, FormView } from '../../src/bot/view/types.ts'
import { fakeChat, fakeRequest, saidIn } from '../fakes/chat.ts'
import type { TestProgram } from './program.ts'

type Fields = Partial<Omit<Request, 'reply'>> & { formFields?: number }

/** What one person does, and the answers they get. */
export function desk(program: () => TestProgram) {
  const { bot, threads } = program()
  const chat = fakeChat()
  threads.register(chat)
  const doing = async (fields: Fields, work: (request: Request) => Promise<void>) => {
    const { request, answers } = fakeRequest(chat, fields)
    await work(request)
    const { forms, privately, refused, acknowledged } = answers
    return {
      ...{ forms, privately, acknowledged },
      form: forms[0],
      said: saidIn(privately.at(-1)),
      view: privately.at(-1),
      refused: refused[0],
    }
  }
  return {
    chat,
    command: (name: Parameters<typeof handleCommand>[2], options: CommandOptions = {}, fields: Fields = {}) =>
      doing(fields, (request) => handleCommand(bot, request, name, options)),
    press: (id: string | undefined, fields: Fields = {}, value = '') =>
      doing(fields, (request) => handleAction(bot, request, id ?? '', value)),
    send: (id: string | undefined, values: FormValues, fields: Fields = {}) =>
      doing(fields, (request) => handleForm(bot, request, id ?? '', values)),
    message: (text: string) => doing({}, (request) => handleMessage(bot, request, text)),
  }
}

export async function readyDraft(program: () => TestProgram) {
  const draftId = await program().ready()
  const load = () => program().load(draftId)
  const [segment] = (await load()).segments
  if (!segment) throw new Error('the draft has no segment')
  return {
    draftId,
    load,
    segment,
    text: async () => (await load()).segments[0]?.text,
    editForm: encodeAction('edit_form', draftId, segment.id, segment.version),
  }
}

export function filled(form: FormView | undefined): FormValues {
  return Object.fromEntries((form?.fields ?? []).map(({ id, value }) => [id, value]))
}
