import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { ByProject } from './test/by-project.ts'
import { PROJECTS, testFilesByProject } from './test/projects.ts'

// Each test file and each program that a test starts loads the same packages; with the cache, Node compiles them once.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/node-compile')
// Room for short-lived objects: saves a tenth of the work when as much is loaded and discarded as in tests.
process.env.NODE_OPTIONS ??= '--max-semi-space-size=64'

const files = testFilesByProject(import.meta.dirname)

export default defineConfig({
  test: {
    // Node runs the files as in the program: nothing here needs to be transformed.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The default of one second is too short on a busy machine.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    // More than the two cores we count on: a test of a platform mostly waits, and runs while others render.
    maxWorkers: 3,
    sequence: { sequencer: ByProject },
    projects: PROJECTS.map((name) => ({
      extends: true,
      test: {
        name,
        include: files[name],
        // The quick ones first; the others together, so that all cores are busy until the end.
        sequence: { groupOrder: name === 'unit' ? 0 : 1, sequencer: ByProject },
        // Loading the packages takes longer than many of these tests.
        isolate: false,
        // As in the program: Discord's client breaks if Slack's was loaded before it in the same process.
        setupFiles: name === 'surface' ? ['discord.js'] : [],
      },
    })),
  },
})
