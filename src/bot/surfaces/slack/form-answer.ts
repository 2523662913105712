import { SLACK_LIMITS } from './limits.ts'

/** The body of a form's acknowledgement: field errors, or nothing, which closes it. */
export type FormBody = { response_action: 'errors'; errors: Record<string, string> } | undefined

/** The single response to a submitted form. The first call decides. */
export interface FormAnswer {
  close(): Promise<void>
  /** Shows field errors; false if the form has already been answered. */
  refuse(errors: Record<string, string>): Promise<boolean>
  /** The response, once given; another delivery of the same event gets the same one. */
  body: Promise<FormBody>
}

/** Slack hangs up after three seconds; a form whose work takes longer is closed before that, and errors are sent privately. */
const PATIENCE = SLACK_LIMITS.patience.max - 700

/** `send` acknowledges the form. It may fail while a connection is being replaced; Slack then delivers the form again. */
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
