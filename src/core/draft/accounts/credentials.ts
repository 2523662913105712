import { z } from 'zod'
import type { Account } from '../../../db/entities/account.ts'
import type { Grant } from '../../model/platform.ts'
import type { Sealer } from '../../model/sealer.ts'

/** The sealed content of a row. */
const Sealed = z.object({ credentials: z.record(z.string(), z.string()), accessToken: z.string() })
export type Credentials = z.infer<typeof Sealed>

type Owner = Pick<Account, 'workspace' | 'platform' | 'youtubeChannelId'>

/** The columns with a platform's grant. */
export function grantColumns(
  sealer: Sealer,
  owner: Owner,
  { credentials, accessToken, expiresAt, scopes }: Grant,
): Pick<Account, 'encryptedCredentials' | 'accessExpiresAt' | 'scopes'> {
  const secret = JSON.stringify({ credentials, accessToken } satisfies Credentials)
  return {
    encryptedCredentials: sealer.seal(secret, aboutOf(owner)),
    accessExpiresAt: expiresAt,
    scopes: scopes.join(' '),
  }
}

/** Null if they can't be decrypted, for example with another key. */
export function credentialsOf(
  sealer: Sealer,
  account: Owner & Pick<Account, 'encryptedCredentials'>,
): Credentials | null {
  const { encryptedCredentials: sealed } = account
  const opened = sealed === null ? null : sealer.open(sealed, aboutOf(account))
  return opened === null ? null : Sealed.parse(JSON.parse(opened))
}

/** Copied to another channel's or workspace's row, they are useless. */
function aboutOf({ workspace, platform, youtubeChannelId }: Owner): string {
  return JSON.stringify(['account', workspace, platform, youtubeChannelId])
}
