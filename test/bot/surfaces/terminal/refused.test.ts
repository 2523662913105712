import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../factories/folder.ts'

const run = promisify(execFile)

it.each([
  [['El cielo', '--language', 'es'], /^No script service is set up here for the language “es”\. .*\n$/],
  [['空の色'], /^The topic is in a language that no voice here speaks\. .*\n$/],
  [['… 😀'], /^The topic has no words that can be spoken\.\n$/],
  [['Tea', '--format', 'a\nb\u001b[31m'], /^The format cannot be “a b \[31m”\. .*\n$/],
])('the demo refuses %j in one line, and writes nothing', async (args, line) => {
  const folder = await temporaryFolder()
  const env = { ...process.env, DATA_DIR: path.join(folder, 'data'), OPENAI_API_KEY: '', OPENAI_BASE_URL: '' }
  await expect(
    run(process.execPath, ['src/bot/program/demo/main.ts', ...args], { env }),
  ).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(line),
  })
  expect(await readdir(folder)).toEqual([])
})
