import os from 'node:os'
import type { SignIn } from '../../../core/draft/sessions.ts'
import { EVERYTHING, NOTHING } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'

/** Drafts that are begun in the studio itself, and not in a chat. */
export const LOCAL = { surface: 'web', workspace: 'web:local', channelId: 'studio', threadId: null }
/** The one person there: who sits at this machine. */
const PERSON = 'local'

/** Whom a link signs in that is made on this machine. */
export function localSignIn(): SignIn {
  return { actor: { id: PERSON, name: userName() }, home: LOCAL, locale: null, draftId: null }
}

/** Who sits at this machine may do everything with what was begun here, and nothing elsewhere. */
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
    // In a container the user may have no name.
    return 'You'
  }
}
