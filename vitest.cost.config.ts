import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { ByProject } from './test/by-project.ts'
import { PROJECTS, testFilesByProject } from './test/projects.ts'

// Each test file and each program that a test starts loads the same packages; Node compiles them once.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/node-compile')
// Room for what lives shortly: a tenth less work for all that loads and forgets as much as tests do.
process.env.NODE_OPTIONS ??= '--max-semi-space-size=64'

const files = testFilesByProject(import.meta.dirname)

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A second, which it is without this, is not much on a busy machine.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    // More than the two cores that are counted on: a test of a platform mostly waits, and is run while others render.
    maxWorkers: 3,
    sequence: { sequencer: ByProject },
    projects: PROJECTS.map((name) => ({
      extends: true,
      test: {
        name,
        include: files[name],
        // The quick ones first; the others together, so that all cores have work to the end.
        sequence: { groupOrder: name === 'unit' ? 0 : 1, sequencer: ByProject },
        // Loading the packages takes longer than many of these do.
        isolate: false,
        // As in the program: Discord's client breaks where Slack's was loaded before it in a process.
        setupFiles: [...(name === 'surface' ? ['discord.js'] : []), '/tmp/surf/setup.mjs'],
      },
    })),
  },
})
