import { pino } from 'pino'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'
import { NOTHING } from '../../../../src/bot/handlers/access.ts'
import { createChannels } from '../../../../src/bot/surfaces/slack/channels.ts'
import { createClient } from '../../../../src/bot/surfaces/slack/client.ts'
import { createMembers } from '../../../../src/bot/surfaces/slack/members.ts'
import { createPeople } from '../../../../src/bot/surfaces/slack/people.ts'
import { whoDid } from '../../../../src/bot/surfaces/slack/who.ts'
import { type AccessStage, accessContract, type Where, type WhoName } from '../../../contracts/access.ts'
import { openDirect } from '../../../servers/slack/api/chat.ts'
import { startSlack } from '../../../servers/slack/index.ts'

const log = pino({ level: process.env.ACCESS_LOG ?? 'silent' })
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})
const OTHER = 'T0OTHER001'
const PLACES: Where[] = [
  ...(['public channel', 'private channel', 'thread', 'direct messages'] as const),
  ...(['deleted channel', 'no answer'] as const),
]

/** @param inStudio they act in the studio, so that only their identity is known. */
async function slackStage(inStudio = false): Promise<AccessStage> {
  const kinds = { open: 'public', closed: 'private', gone: 'private', lobby: 'public' } as const
  const names = Object.keys(kinds) as (keyof typeof kinds)[]
  const slack = await startSlack({ channels: names.map((name) => ({ name, kind: kinds[name] })) })
  stops.push(() => slack.close())
  const home = slack.world.team.id
  const inAll = { channels: [...names] }
  const inNone = { channels: ['lobby'] }
  const author = slack.user('author', inAll).id
  const people: Partial<Record<WhoName, string>> = {
    author,
    'author, but unknown': author,
    member: slack.user('member', inAll).id,
    manager: slack.user('manager', { ...inAll, isAdmin: true }).id,
    'manager who is not in': slack.user('boss', { channels: ['lobby', 'open'], isOwner: true }).id,
    'guest who is in': slack.user('guest', { ...inAll, isGuest: true }).id,
    'guest who is not in': slack.user('visitor', { ...inNone, isGuest: true }).id,
    'reader who is not in': slack.user('reader', inNone).id,
    'somebody of another workspace': slack.user('other', inAll).id,
    'somebody of another company': slack.user('stranger', { ...inAll, teamId: OTHER, isAdmin: true }).id,
    'somebody unknown': 'U0NOBODY01',
  }
  for (const name of names) slack.channel(name).members.add('U0NOBODY01')
  const at = (name: string) => slack.channel(name).id
  const direct = openDirect(slack.world, author)
  const channels: Partial<Record<Where, string>> = {
    'public channel': at('open'),
    thread: at('open'),
    'private channel': at('closed'),
    'no answer': at('closed'),
    'deleted channel': at('gone'),
    'direct messages': direct,
  }
  const client = createClient(slack.botToken, slack.apiUrl, log)
  return {
    author: { id: author },
    async who(name) {
      const userId = people[name]
      if (userId === undefined) return null
      if (name === 'author, but unknown') slack.fault('users.info', { error: 'internal_error' })
      const teamId = name === 'somebody of another workspace' ? OTHER : home
      // Nothing is cached from before.
      const registry = {
        people: createPeople(client, log),
        channels: createChannels(client, log),
        teamId: home,
      }
      if (inStudio) {
        const workspace = `slack:${teamId}`
        const access = createMembers(registry, log).access(workspace, userId)
        return { actor: { id: userId, name }, surface: 'slack', workspace, access }
      }
      const origin = { userId, teamId, userTeamId: null, channelId: at('lobby') }
      const { workspace, access } = await whoDid(registry, origin, 5000, log)
      return { actor: { id: userId, name }, surface: 'slack', workspace, access }
    },
    async place(where) {
      const channelId = channels[where]
      const threadId = where === 'thread' ? '1700000000.000100' : null
      return channelId === undefined
        ? null
        : { surface: 'slack', workspace: `slack:${home}`, channelId, threadId }
    },
    async befall(where) {
      if (where === 'deleted channel') slack.deleteChannel('gone')
      if (where !== 'no answer') return
      for (const method of ['conversations.info', 'conversations.members'])
        slack.fault(method, { error: 'internal_error' }, 10_000)
    },
  }
}

accessContract('Slack', slackStage, PLACES)
accessContract('Slack, in the studio', () => slackStage(true), PLACES)

it('keeps out of the studio who has left, within half a minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const slack = await startSlack({ channels: [{ name: 'closed', kind: 'private' }, { name: 'open' }] })
  onTestFinished(() => slack.close())
  const client = createClient(slack.botToken, slack.apiUrl, log)
  const teamId = slack.world.team.id
  const registry = { people: createPeople(client, log), channels: createChannels(client, log), teamId }
  const members = createMembers(registry, log)
  const workspace = `slack:${teamId}`
  const ann = slack.user('ann', { channels: ['closed', 'open'] })
  const rights = (name: string) =>
    members.access(workspace, ann.id).at({
      ...{ surface: 'slack', workspace, channelId: slack.channel(name).id, threadId: null },
      isOwnThread: false,
    })
  expect(await rights('closed')).toMatchObject({ see: true, write: true })
  slack.channel('closed').members.delete(ann.id)
  vi.advanceTimersByTime(29_000)
  expect(await rights('closed')).toMatchObject({ see: true })
  vi.advanceTimersByTime(1001)
  expect(await rights('closed')).toEqual(NOTHING)
  expect(await rights('open')).toMatchObject({ see: true, write: true })
  const user = slack.world.users.get(ann.id)
  if (!user) throw new Error('Ann is nobody.')
  user.deleted = true
  vi.advanceTimersByTime(30_001)
  expect(await rights('open')).toEqual(NOTHING)
})
