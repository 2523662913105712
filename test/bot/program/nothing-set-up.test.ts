import { execFile } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { spawnBot } from '../../factories/bot-process.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { nodeEnv } from '../../factories/node-env.ts'
import { runTool } from '../../factories/tool.ts'

const LINK = /^Open the studio: (http:\/\/127\.0\.0\.1:(\d+)\/sign-in\/[\w-]{43})$/m

/** Runs one of our programs until it ends. */
function run(file: string, env: Record<string, string>) {
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    const options = { env: { ...nodeEnv(), ...env } }
    execFile(process.execPath, [path.resolve(file)], options, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    )
  })
}

it('with no chat the studio is all there is: its link is printed, and signs in who sits at this machine', async () => {
  const DATA_DIR = await temporaryFolder()
  const bot = spawnBot({ DATA_DIR, LOG_LEVEL: 'debug', ALLOWED_WORKSPACES: 'slack:T0123ABCD' })
  await bot.until(() => bot.output().includes('npm run studio\n'), 'to print its link')
  const [, link = '', PORT = ''] = LINK.exec(bot.output()) ?? []
  expect(bot.output()).toMatch(/Rushes is ready\.\nOpen the studio: .*\nThis link .* npm run studio\n/)
  const address = `http://127.0.0.1:${PORT}`
  const signIn = (opened: string) => {
    const body = new URLSearchParams({ code: opened.split('/').at(-1) ?? '' })
    return fetch(`${address}/sign-in`, { method: 'POST', body, redirect: 'manual' })
  }
  // Another link, while it runs: the tool knows which port was taken.
  const another = await runTool('studio', [], { DATA_DIR })
  const [second = '', about] = another.stdout.split('\n')
  expect([another.code, about]).toEqual([0, expect.stringContaining('within 10 minutes')])
  expect(second).toMatch(`${address}/sign-in/`)
  expect((await signIn(second)).status).toBe(303)
  const signedIn = await signIn(link)
  const headers = {
    cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '',
    'content-type': 'application/json',
  }
  const made = await fetch(`${address}/api/draft/create`, {
    ...{
      method: 'POST',
      headers,
      body: JSON.stringify({ script: 'Tea is a drink.', collect_assets: false }),
    },
  })
  const draft = (await made.json()) as { draft_id: string; author: string; thread_url: string | null }
  expect([made.status, draft.thread_url]).toEqual([expect.toBeOneOf([200, 201, 202]), null])
  const stream = await fetch(`${address}/api/draft/${draft.draft_id}/events`, { headers })
  expect(stream.status).toBe(200)
  // Two programs on one port: the second says what to do.
  const clash = await run('src/bot/program/main.ts', { DATA_DIR: await temporaryFolder(), PORT })
  const line = `PORT ${PORT} on 127.0.0.1 is in use by another program. Set PORT to a free port.\n`
  expect(clash).toEqual({ code: 2, out: '', err: line })
  bot.signal('SIGTERM')
  // The stream ends by itself, and so does the program.
  expect(await stream.text()).toContain('event: draft')
  expect(await bot.ended).toBe(0)
  const { origin } = new URL(link)
  const log = bot.output().replaceAll(/^Open the studio: .*$/gm, '')
  for (const each of [link, second]) expect(log).not.toContain(each.slice(origin.length + 9))
})
