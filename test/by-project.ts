import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { PROJECTS } from './projects.ts'

const ORDER: readonly string[] = PROJECTS
/** Stories of whole programs, of which a few take longer than anything else. */
const LONG = /\/test\/(flow|chaos)\//

/**
 * Runs one project after the other: a worker is kept, with all that it has loaded, only while the file that is next belongs to
 * the same one. In each of them long stories come first, so that none is left over when the other workers are done.
 */
export class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = await super.sort(files)
    const rank = ({ project, moduleId }: TestSpecification) =>
      ORDER.indexOf(project.name) * 2 + (LONG.test(moduleId) ? 0 : 1)
    return known.toSorted((one, other) => rank(one) - rank(other))
  }
}
