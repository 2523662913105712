import { SLACK_LIMITS } from './limits.ts'

/** The body of an acknowledgement of a form: errors under fields, or nothing, which closes it. */
export type FormBody = { response_action: 'errors'; errors: Record<string, string> } | undefined

/** The one answer that a form which was sent can have. The first call decides. */
export interface FormAnswer {
  close(): Promise<void>
  /** Shows errors under fields; false when the form has been answered already. */
  refuse(errors: Record<string, string>): Promise<boolean>
  /** What it was answered with, once it was; another delivery of the same event is answered with the same. */
  body: Promise<FormBody>
}

/** Slack closes the line after three seconds; a form whose work takes longer is closed before, and errors come privately. */
const PATIENCE = SLACK_LIMITS.patience.max - 700

/** `send` acknowledges; it may fail while a connection is replaced, and Slack then delivers the form again. */
export function createFormAnswer(
  send: (body: FormBody) => Promise<void>,
  failed: (error: unknown) => void,
): FormAnswer {
  const { promise: body, resolve } = Promise.withResolvers<FormBody>()
  let isAnswered = false
  const timer = setTimeout(() => void answer(undefined), PATIENCE)

  async function answer(given: FormBody): Promise<boolean> {
    if (isAnswered) return false
    isAnswered = true
    clearTimeout(timer)
    resolve(given)
    await send(given).catch(failed)
    return true
  }

  return {
    close: async () => void (await answer(undefined)),
    refuse: (errors) => answer({ response_action: 'errors', errors }),
    body,
  }
}
