import { type Access, UNKNOWN } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'

/** Asks the platform of a person's workspace what they may do. */
export class SurfaceMembers implements Members {
  readonly #bySurface = new Map<string, Members>()

  register(surface: string, members: Members): void {
    this.#bySurface.set(surface, members)
  }

  /** Nothing is known if the platform isn't connected. */
  access(workspace: string, personId: string): Access {
    const members = this.#bySurface.get(workspace.slice(0, workspace.indexOf(':')))
    return members?.access(workspace, personId) ?? { at: async () => UNKNOWN }
  }
}
