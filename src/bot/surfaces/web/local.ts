import os from 'node:os'
import type { SignIn } from '../../../core/draft/sessions.ts'
import { EVERYTHING, NOTHING } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'

/** The home of drafts created in the studio rather than in a chat. */
export const LOCAL = { surface: 'web', workspace: 'web:local', channelId: 'studio', threadId: null }
/** The only person there: the user of this machine. */
const PERSON = 'local'

/** Who is signed in by a link created on this machine. */
export function localSignIn(): SignIn {
  return { actor: { id: PERSON, name: userName() }, home: LOCAL, locale: null, draftId: null }
}

/** The user of this machine may do everything with drafts created here, and nothing elsewhere. */
export const LOCAL_MEMBERS: Members = {
  access: (workspace, personId) => {
    const isTheirs = workspace === LOCAL.workspace && personId === PERSON
    return { at: async (place) => (isTheirs && place.workspace === workspace ? EVERYTHING : NOTHING) }
  },
}

function userName(): string {
  try {
    return os.userInfo().username.slice(0, 100) || 'You'
  } catch {
    // In a container, the user may have no name.
    return 'You'
  }
}
