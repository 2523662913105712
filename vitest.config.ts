import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { type Project, testFilesByProject } from './test/projects.ts'

// Each test file and each program that a test starts loads the same packages; Node compiles them once.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/node-compile')

const files = testFilesByProject(import.meta.dirname)

/**
 * How many files of a project run at once, on two cores. Renders use all cores by themselves; tests of platforms mostly wait.
 * Projects with different numbers run one after the other, the quickest first.
 */
const WORKERS: Record<Project, number> = { unit: 2, surface: 4, program: 3, render: 2 }

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: (Object.keys(WORKERS) as Project[]).map((name, groupOrder) => ({
      extends: true,
      test: {
        name,
        include: files[name],
        maxWorkers: WORKERS[name],
        sequence: { groupOrder },
        // Loading the packages takes longer than such tests do.
        isolate: name !== 'unit' && name !== 'program',
      },
    })),
  },
})
