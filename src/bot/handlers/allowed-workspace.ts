import { UserError } from '../../core/model/errors.ts'
import { isServed } from '../../core/model/served.ts'
import type { Bot, Request } from './request.ts'

/**
 * Checked before anything anyone does: with ALLOWED_WORKSPACES set, strangers who add the bot spend nothing and see nothing.
 * @throws UserError, which is answered privately.
 */
export function requireAllowedWorkspace({ core }: Bot, { workspace }: Pick<Request, 'workspace'>): void {
  if (isServed(core.served, workspace)) return
  const isDirect = isServed(['discord:dm'], workspace)
  throw new UserError(isDirect ? 'direct_messages_not_allowed' : 'workspace_not_allowed')
}
