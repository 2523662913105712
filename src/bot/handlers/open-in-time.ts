import { UserError } from '../../core/model/errors.ts'
import type { Reply } from '../thread/chat.ts'
import type { Request } from './request.ts'

/** Milliseconds in which a form must open; platforms wait three seconds for the first response. */
const PATIENCE = 2300

/**
 * Opens a form, which has to be the first response. If the database doesn't provide its contents in time, the person is
 * told so, and the form no longer opens.
 * @throws UserError `database_busy`
 */
export async function openInTime(request: Request, open: (request: Request) => Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    reject(new UserError('database_busy'))
  }, PATIENCE)
  // Once the response is sent, it is the platform that takes the time.
  const answering = (answer: (reply: Reply) => Promise<void>) => {
    clearTimeout(timer)
    return isLate ? Promise.resolve() : answer(request.reply)
  }
  const { formFields } = request.reply
  const reply: Reply = {
    ...(formFields !== undefined && { formFields }),
    openForm: (form) => answering((reply) => reply.openForm(form)),
    acknowledge: () => answering((reply) => reply.acknowledge()),
    privately: (view) => answering((reply) => reply.privately(view)),
    refuseForm: (errors, view) => answering((reply) => reply.refuseForm(errors, view)),
    openThread: (...given) => request.reply.openThread(...given),
  }
  try {
    await Promise.race([open({ ...request, reply }), late])
  } finally {
    clearTimeout(timer)
  }
}
