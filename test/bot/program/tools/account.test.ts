import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { loadSettings } from '../../../../src/bot/program/config.ts'
import { platformsFor } from '../../../../src/bot/program/platforms.ts'
import { consentInBrowser } from '../../../../src/bot/program/tools/consent.ts'
import { accessOf } from '../../../../src/core/draft/accounts/access.ts'
import { listAccounts } from '../../../../src/core/draft/accounts/accounts.ts'
import { temporaryFolder } from '../../../factories/folder.ts'
import { linkedAccount } from '../../../factories/google.ts'
import { nodeEnv } from '../../../factories/node-env.ts'
import { ANN, PLACE } from '../../../factories/people.ts'
import { testProgram } from '../../../factories/program.ts'
import { QUICK_FFMPEG } from '../../../factories/quick-ffmpeg.ts'
import { DESKTOP, startGoogle } from '../../../servers/google/index.ts'

const run = promisify(execFile)
const tool = (name: string) => path.resolve(`src/bot/program/tools/${name}.ts`)

async function google() {
  const server = await startGoogle()
  onTestFinished(() => server.close())
  // A client of the other type, used only on the host.
  const env = { ...server.env, GOOGLE_CLIENT_ID: DESKTOP.id, GOOGLE_CLIENT_SECRET: DESKTOP.secret }
  const [platform] = platformsFor(loadSettings(env), () => new Date())
  if (!platform) throw new Error('it is not set up')
  return { server, env, accounts: platform.accounts }
}

it('links a channel with a browser, with which the bot works although it has another client', async () => {
  const { server, env } = await google()
  const folder = await temporaryFolder()
  const given = { cwd: folder, env: { ...nodeEnv(), ...QUICK_FFMPEG, DATA_DIR: folder, ...env } }
  const child = spawn(process.execPath, [tool('account'), 'link', 'youtube', '--workspace', 'test:1'], given)
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = once(child, 'close')
  while (!/http\S+\n/.test(output) && child.exitCode === null) await sleep(5)
  const page = await fetch(/http\S+/.exec(output)?.[0] ?? '')
  expect(await page.text()).toContain('You can close this window.')
  await ended
  expect(output).toContain('Linked “Bee TV” to test:1.')

  const program = await testProgram({ folder, start: false, env: server.env })
  const [account] = await listAccounts(program.core, 'test:1')
  expect(account?.scopes).toContain('youtube.force-ssl')
  const access = accessOf(program.core, account?.id ?? 0)
  const { signal } = new AbortController()
  const renewed = await access.instead(await access.token(signal), signal)
  expect(server.world.access(renewed)).toMatchObject({ client: DESKTOP.id })
  server.world.channel = { id: 'UC_wasps', title: 'Wasp TV' }
  server.world.interval = 0.001
  const clock = { now: Date.now, date: () => new Date(), pass: () => undefined }
  await linkedAccount({ google: server, program, clock }, ANN, { ...PLACE, workspace: 'test:2' })
  server.world.revoked.add(2)
  await program.stop()

  const looked: { stdout: string } = await run(process.execPath, [tool('doctor')], given).catch(
    (error) => error,
  )
  expect(looked.stdout).toContain(
    'ok     The channel “Bee TV” of test:1 is linked, and Google accepts the access.',
  )
  expect(looked.stdout).toMatch(
    /WRONG {2}The channel “Wasp TV” of test:2: Google no longer accepts the access/,
  )
  for (const secret of server.world.secrets())
    expect([output, looked.stdout].join('').includes(secret)).toBe(false)
})

it('takes only the answer to its own question', async () => {
  const { server, accounts } = await google()
  const outcome = (query: string) => {
    const consent = consentInBrowser(accounts, async (address) => {
      const back = new URL(address.searchParams.get('redirect_uri') ?? '')
      expect(back.hostname).toBe('127.0.0.1')
      expect((await fetch(new URL('/favicon.ico', back))).status).toBe(404)
      await fetch(new URL(query.replace('STATE', address.searchParams.get('state') ?? ''), back))
    })
    return consent.then(
      () => null,
      (error: Error & { code?: string }) => error.code ?? error.message,
    )
  }
  expect(await outcome('/?error=access_denied&state=STATE')).toBe('link_denied')
  expect(await outcome('/?code=stolen&state=other')).toContain('Google')
  expect(await outcome('/?code=made-up&state=STATE')).toBe('link_expired')
  expect(server.world.tokens.size).toBe(0)
  await expect(consentInBrowser(accounts, () => undefined, 10)).rejects.toThrow('in time')
})
