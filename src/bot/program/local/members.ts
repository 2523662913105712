import { type Access, UNKNOWN } from '../../handlers/access.ts'
import type { Members } from '../../handlers/members.ts'

/** What somebody may do, asked of the platform that their workspace is on. */
export class SurfaceMembers implements Members {
  readonly #bySurface = new Map<string, Members>()

  register(surface: string, members: Members): void {
    this.#bySurface.set(surface, members)
  }

  /** Nothing is known where the platform is not connected. */
  access(workspace: string, personId: string): Access {
    const members = this.#bySurface.get(workspace.slice(0, workspace.indexOf(':')))
    return members?.access(workspace, personId) ?? { at: async () => UNKNOWN }
  }
}
