import type { Access } from './access.ts'

/**
 * What a platform says about a person who acts elsewhere: in the studio, or through a program with a token. Implemented once per
 * surface. Answers may be up to a minute old; what the platform doesn't say counts as no.
 */
export interface Members {
  /** @param workspace in the form used by drafts, e.g. `discord:123`. */
  access(workspace: string, personId: string): Access
}
