import { execFile } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../factories/folder.ts'
import { nodeEnv } from '../../factories/node-env.ts'

test('with neither Discord nor Slack the start says in three lines what to set, and points to the demo', async () => {
  // Somewhere without an .env.
  const cwd = await temporaryFolder()
  const main = path.resolve('src/bot/program/main.ts')
  const env = { ...nodeEnv(), DATA_DIR: cwd }
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, [main], { cwd, env }, (error, _stdout, output) =>
      resolve({ code: error?.code, output }),
    )
  })
  const [what, how, demo, ...more] = output.trim().split('\n')
  expect([code, more]).toEqual([2, []])
  expect(what).toBe('Neither Discord nor Slack is set up.')
  expect(how).toMatch(/DISCORD_TOKEN.*SLACK_BOT_TOKEN/)
  expect(demo).toContain('npm run demo')
})
