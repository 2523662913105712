import type { Reviewers } from '../../../core/model/reviewers.ts'

/** Who is in a role, asked of the platform that the workspace is on. */
export class SurfaceReviewers implements Reviewers {
  readonly #bySurface = new Map<string, Reviewers>()

  register(surface: string, reviewers: Reviewers): void {
    this.#bySurface.set(surface, reviewers)
  }

  async among(workspace: string, roleId: string, people: readonly string[]): Promise<ReadonlySet<string>> {
    const surface = workspace.slice(0, workspace.indexOf(':'))
    const reviewers = this.#bySurface.get(surface)
    if (!reviewers) throw new Error(`${surface} is not connected, or knows no roles`)
    return reviewers.among(workspace, roleId, people)
  }
}
