import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { PROJECTS } from './projects.ts'

const ORDER: readonly string[] = PROJECTS
/**
 * Stories of whole programs, a few of which take longer than anything else, and platforms that fail, whose tests mostly wait and
 * so fit next to them.
 */
const LONG = /\/test\/(flow|chaos)\/|\/surfaces\/(discord|slack)\/(connection|faults|start)\./

/**
 * Runs one project after the other, because a worker, with everything it has loaded, is kept only while the next file belongs to
 * the same project. Within a project the long stories run first, so that none is left over when the other workers are done.
 */
export class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = await super.sort(files)
    const rank = ({ project, moduleId }: TestSpecification) =>
      ORDER.indexOf(project.name) * 2 + (LONG.test(moduleId) ? 0 : 1)
    return known.toSorted((one, other) => rank(one) - rank(other))
  }
}
