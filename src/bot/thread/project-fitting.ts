import { FileTooLargeError } from './chat.ts'
import { project } from './project.ts'
import type { Projection } from './projection.ts'

/** Files that one run may find too large. */
const REFUSALS = 3

/** After it has refused a file the platform counts on less, so that the next try sends a smaller copy. */
export async function projectFitting(projection: Projection, refusals = REFUSALS): Promise<void> {
  try {
    await project(projection)
  } catch (error) {
    if (!(error instanceof FileTooLargeError) || refusals === 0) throw error
    await projectFitting(projection, refusals - 1)
  }
}
