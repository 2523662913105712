import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { tokenSent } from '../../../../src/core/draft/tokens.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { nodeEnv } from '../../../factories/node-env.ts'
import { testProgram } from '../../../factories/program.ts'

const run = promisify(execFile)
const TOOL = path.resolve('src/bot/program/tools/token.ts')

it('makes a token on the host that acts for what is made in the studio there', async () => {
  const folder = await temporaryFolder()
  const given = { cwd: folder, env: { ...nodeEnv(), DATA_DIR: folder } }
  const program = await testProgram({ folder, start: false })
  const { stdout, stderr } = await run(
    process.execPath,
    [TOOL, 'create', '--name', 'CI', '--scopes', 'read,write'],
    given,
  )
  expect(stdout).toMatch(/^rushes_[0-9a-f]{64}\n$/)
  expect(stderr).toContain('the only time')
  expect(await tokenSent(program.core, stdout.trim())).toMatchObject({
    ...{ workspace: 'web:local', surface: 'web', personId: null, scopes: ['read', 'write'] },
  })
  const wrong = await run(process.execPath, [TOOL, 'revoke', 'CD'], given).catch((error) => error)
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('There is no token “CD” here.')])
})
