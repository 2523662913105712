import { TOKEN_SCOPES, type TokenScope } from '../../../core/draft/tokens.ts'
import type { Place } from '../../../core/model/people.ts'
import type { Act } from '../../handlers/needs.ts'
import type { Request } from '../../handlers/request.ts'

/** What a request may do. Rendering is separate from writing because it costs most. */
export const SCOPES = TOKEN_SCOPES
export type Scope = TokenScope

/** Who sends an HTTP request: a person signed in to the studio, or a program with a token. */
export interface Who
  extends Pick<Request, 'actor' | 'surface' | 'workspace' | 'access' | 'words' | 'locale'> {
  /** `session:3` or `token:7`: for limits, and for presence. */
  id: string
  /** All of them for a signed-in person. */
  scopes: ReadonlySet<Scope>
  /** True for a token made on the host: it acts for the whole workspace, not for a person who could approve. */
  isNobody?: boolean
  /** Where drafts that they create live: the threads are opened there. */
  home: Place
}

/** Identifies the caller by the headers of a request. @returns null if there are no valid credentials of this kind. */
export type Authenticate = (headers: Headers) => Promise<Who | null>

/** The scope that a token needs for an act. */
export function scopeFor(act: Act): Scope {
  if (act === 'see') return 'read'
  return act === 'render' ? 'render' : 'write'
}
