import type { Core } from '../../core/draft/core.ts'
import { offerSignIn } from '../../core/draft/sessions.ts'
import { localSignIn } from '../surfaces/web/local.ts'

/** An address that signs in the person at this machine, once. */
export async function localLink(core: Pick<Core, 'db' | 'clock'>, origin: string): Promise<string> {
  return `${origin}/sign-in/${await offerSignIn(core, localSignIn())}`
}

/** The text below it. */
export const ABOUT_LINK =
  'This link signs you in once, within 10 minutes. For another one, type: npm run studio'
