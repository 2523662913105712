import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { startSlack as connect } from '../../../../src/bot/surfaces/slack/start.ts'
import type { DraftJson } from '../../../../src/bot/surfaces/web/draft-json.ts'
import { openHttp } from '../../../../src/bot/surfaces/web/http.ts'
import { startWeb } from '../../../../src/bot/surfaces/web/start.ts'
import { discordBot, readable } from '../../../factories/discord.ts'
import { testProgram } from '../../../factories/program.ts'
import { controlsOf } from '../../../factories/slack.ts'
import { studioServer } from '../../../factories/studio-server.ts'
import { startSlack } from '../../../servers/slack/index.ts'

const LINK = /http:\/\/127\.0\.0\.1:\d+\/sign-in\/[\w-]{43}/

/**
 * Presses the button on a link's page.
 * @returns the cookie, and the page that follows.
 */
async function signIn(link: string): Promise<{ cookie: string; page: string | null }> {
  const body = new URLSearchParams({ code: link.split('/').at(-1) ?? '' })
  const { origin } = new URL(link)
  const { headers } = await fetch(`${origin}/sign-in`, {
    ...{ method: 'POST', body, redirect: 'manual', headers: { origin } },
  })
  return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '', page: headers.get('location') }
}

async function draftAt(origin: string, draftId: string, cookie: string): Promise<[number, DraftJson]> {
  const answer = await fetch(`${origin}/api/draft/${draftId}`, { headers: { cookie } })
  return [answer.status, (await answer.json()) as DraftJson]
}

it('Studio in a thread on Discord signs in who pressed it, and nobody else', async () => {
  const { program, ben, create, discord } = await discordBot()
  const { address } = await studioServer(program, { isLocal: false })
  const draft = await create()
  for (const message of [draft.top(), draft.controls()]) {
    const [answer] = await ben.press(message, 'Studio').privateMessages()
    const [link = ''] = LINK.exec(readable(answer)) ?? []
    const { cookie, page } = await signIn(link)
    expect(page).toBe(`/draft/${draft.draftId}`)
    const [status, { rights, thread_url, author }] = await draftAt(address, draft.draftId, cookie)
    expect([status, author, rights.write]).toEqual([200, 'ann', true])
    expect(thread_url).toMatch(/^https:\/\/discord\.com\/channels\//)
    expect((await signIn(link)).cookie).toBe('')
  }
  // The sign-in links appear in no channel.
  expect(discord.messages().map(readable).join()).not.toMatch(LINK)
  const [sessions] = await ben.command('draft sessions').privateMessages()
  expect(readable(sessions)).toContain('You are signed in to the studio in these browsers:')
})

it('Studio in a thread on Slack does so too, on the server that Slack sends its events to', async () => {
  const slack = await startSlack({ commands: ['/draft'] })
  onTestFinished(() => slack.close())
  const program = await testProgram({ start: false })
  const log = pino({ level: 'silent' })
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, () => undefined)
  const origin = `http://127.0.0.1:${http.port}`
  const { apiUrl, botToken, signingSecret } = slack
  const chat = await connect({ apiUrl, botToken, signingSecret, http, port: 0 }, program.bot, log)
  const web = await startWeb(http, program.bot, { origin })
  onTestFinished(async () => {
    for (const surface of [chat, web]) await surface.refuse()
    for (const surface of [chat, web]) await surface.stop()
  })
  slack.useHttp(`${origin}/slack/events`)
  await program.start()
  const ann = slack.user('ann')
  ann.command('/draft create Tea in the morning')
  const top = await slack.until(() => slack.messages()[0], 'the top message')
  const draftId = await slack.until(
    () => /draft_\d{8}_\d{6}_?\w*/.exec(JSON.stringify(top.blocks))?.[0],
    'the draft in its top message',
  )
  await program.queue.idle(draftId)
  await program.threads.settled()
  const answer = await ann.press(controlsOf(slack, top), 'Studio').reply()
  const [link = ''] = LINK.exec(JSON.stringify(answer.blocks)) ?? []
  const { cookie, page } = await signIn(link)
  expect(page).toBe(`/draft/${draftId}`)
  expect((await draftAt(origin, draftId, cookie))[0]).toBe(200)
  // Someone who isn't in the workspace has no access to the studio either.
  const statuses = ['/', '/slack/events', '/slack/other', '/slack/'].map(async (path) => {
    const { status } = await fetch(`${origin}${path}`, { method: path === '/' ? 'GET' : 'POST' })
    return [path, status]
  })
  expect(Object.fromEntries(await Promise.all(statuses))).toEqual({
    ...{ '/': 401, '/slack/events': 401, '/slack/other': 404, '/slack/': 404 },
  })
})
