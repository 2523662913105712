import type { Access } from './access.ts'

/**
 * What a platform says of somebody who acts elsewhere: in the studio, or through a program with a token. Implemented once a surface.
 * Answers may be up to a minute old; what the platform does not say counts as no.
 */
export interface Members {
  /** @param workspace as drafts have it, e.g. `discord:123`. */
  access(workspace: string, personId: string): Access
}
