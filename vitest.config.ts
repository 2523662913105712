import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['test/**/*.test.ts'],
    // Tests run the real ffmpeg, which has threads of its own; more files at once than cores only add noise.
    maxWorkers: 2,
  },
})
