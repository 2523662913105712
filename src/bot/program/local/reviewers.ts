import type { Reviewers, Role } from '../../../core/model/reviewers.ts'

/** Asks a workspace's platform for its roles and who has them. */
export class SurfaceReviewers implements Reviewers {
  readonly #bySurface = new Map<string, Reviewers>()

  register(surface: string, reviewers: Reviewers): void {
    this.#bySurface.set(surface, reviewers)
  }

  /** None if the platform has no roles or isn't connected. */
  async roles(workspace: string): Promise<Role[] | null> {
    return this.#bySurface.get(surfaceOf(workspace))?.roles(workspace) ?? null
  }

  async among(workspace: string, roleId: string, people: readonly string[]): Promise<ReadonlySet<string>> {
    const surface = surfaceOf(workspace)
    const reviewers = this.#bySurface.get(surface)
    if (!reviewers) throw new Error(`${surface} is not connected, or knows no roles`)
    return reviewers.among(workspace, roleId, people)
  }
}

function surfaceOf(workspace: string): string {
  return workspace.slice(0, workspace.indexOf(':'))
}
