import { type NameOf, type Reference, referencesIn, withNames } from '../../../core/model/text/references.ts'
import type { Request } from '../../handlers/request.ts'
import { namesOf } from '../names.ts'
import { unescapeText } from './text.ts'
import type { Registry } from './who.ts'

/** A text escaped by Slack (a command, a message) as people read it, with names instead of ids. */
export async function readable(text: string, desk: Registry, request: Asking): Promise<string> {
  return unescapeText(text, await lookUp(text, desk, request))
}

/** A text typed into a form, with names instead of pasted ids. */
export async function named(text: string, desk: Registry, request: Asking): Promise<string> {
  return text.includes('<') ? withNames(text, await lookUp(text, desk, request)) : text
}

type Asking = Pick<Request, 'access' | 'surface' | 'workspace'>

function lookUp(text: string, { people, channels }: Registry, asking: Asking): Promise<NameOf> {
  const { access, surface, workspace } = asking
  const nameOf = async ({ kind, id }: Reference, patience: number) => {
    if (kind === 'person') return (await people.find(id, patience))?.name ?? null
    // Slack only reveals names of user groups to apps that may read all of them.
    if (kind === 'group') return null
    const place = { surface, workspace, channelId: id, threadId: null, isOwnThread: false }
    // People don't learn the names of what they can't see.
    return (await access.at(place, true)).see ? ((await channels.find(id))?.name ?? null) : null
  }
  return namesOf(referencesIn(text), nameOf)
}
