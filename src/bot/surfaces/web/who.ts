import { TOKEN_SCOPES, type TokenScope } from '../../../core/draft/tokens.ts'
import type { Place } from '../../../core/model/people.ts'
import type { Act } from '../../handlers/needs.ts'
import type { Request } from '../../handlers/request.ts'

/** What a request may be used for. To render is apart from writing because it is what costs most. */
export const SCOPES = TOKEN_SCOPES
export type Scope = TokenScope

/** Who is behind a request over HTTP: somebody signed in to the studio, or a program with a token. */
export interface Who
  extends Pick<Request, 'actor' | 'surface' | 'workspace' | 'access' | 'words' | 'locale'> {
  /** `session:3` or `token:7`: for limits, and for who is here. */
  id: string
  /** All of them for somebody who is signed in. */
  scopes: ReadonlySet<Scope>
  /** True for a token that was made on the host: it acts for the whole workspace, and for no person who could approve. */
  isNobody?: boolean
  /** Where drafts that they begin live: their thread is opened there. */
  home: Place
}

/** Looks at the headers of a request. @returns null where it carries nothing of this kind, or something that has ended. */
export type Authenticate = (headers: Headers) => Promise<Who | null>

/** What a token has to be made for to do such a thing. */
export function scopeFor(act: Act): Scope {
  if (act === 'see') return 'read'
  return act === 'render' ? 'render' : 'write'
}
