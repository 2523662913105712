import { defineConfig } from 'vitest/config'

/** Tests that wait for a server or a pause more than for a core. */
const SURFACES = ['test/bot/**/*.test.ts', 'test/servers/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['test/**/*.test.ts'],
          exclude: SURFACES,
          // They run the real ffmpeg, which has threads of its own; more files at once than cores only add noise.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'surfaces', include: SURFACES, maxWorkers: 4, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
