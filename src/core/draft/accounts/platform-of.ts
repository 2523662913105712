import { UserError } from '../../model/errors.ts'
import type { Platform } from '../../model/platform.ts'
import type { Core } from '../core.ts'

/** @throws UserError when the platform is not set up. */
export function platformOf({ platforms }: Pick<Core, 'platforms'>, name: string): Platform {
  const platform = platforms.find((each) => each.name === name)
  if (!platform) throw new UserError('accounts_not_configured')
  return platform
}
