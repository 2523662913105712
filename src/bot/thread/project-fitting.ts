import { FileTooLargeError } from './chat.ts'
import { project } from './project.ts'
import type { Projection } from './projection.ts'

/** How many files may be refused as too large in one run. */
const REFUSALS = 3

/**
 * Projects a draft and retries if a file is too large: a refusal lowers the upload limit, so the next try sends a smaller
 * copy.
 */
export async function projectFitting(projection: Projection, refusals = REFUSALS): Promise<void> {
  try {
    await project(projection)
  } catch (error) {
    if (!(error instanceof FileTooLargeError) || refusals === 0) throw error
    await projectFitting(projection, refusals - 1)
  }
}
