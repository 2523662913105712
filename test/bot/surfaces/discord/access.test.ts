import { Events, type Interaction } from 'discord.js'
import { pino } from 'pino'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'
import { NOTHING, UNKNOWN } from '../../../../src/bot/handlers/access.ts'
import { createAccess, createPlaces } from '../../../../src/bot/surfaces/discord/access.ts'
import { createChannels } from '../../../../src/bot/surfaces/discord/channels.ts'
import { connect } from '../../../../src/bot/surfaces/discord/client.ts'
import { requestOf } from '../../../../src/bot/surfaces/discord/decode.ts'
import { createMembers } from '../../../../src/bot/surfaces/discord/members.ts'
import { registerCommands } from '../../../../src/bot/surfaces/discord/register.ts'
import { type AccessStage, accessContract, type Where, type WhoName } from '../../../contracts/access.ts'
import { PATIENCE } from '../../../factories/patience.ts'
import type { Person } from '../../../servers/discord/person.ts'
import { startDiscord } from '../../../servers/discord/start.ts'

const log = pino({ level: process.env.ACCESS_LOG ?? 'silent' })
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** @param inStudio they act in the studio, so that only their identity is known. */
async function discordStage(inStudio = false): Promise<AccessStage> {
  const discord = await startDiscord()
  stops.push(() => discord.stop())
  const { client, connection } = await connect({ token: discord.token, apiUrl: discord.apiUrl }, log)
  stops.unshift(async () => {
    connection.end()
    await client.destroy()
  })
  await registerCommands(client, undefined)
  const found = createPlaces(client, createChannels(client))
  const accessOf = createAccess(found)
  const members = () => createMembers(client, found, () => connection.downSince())

  const lobby = discord.channel
  const [open, closed, gone] = [
    discord.addChannel({ name: 'open' }),
    discord.addChannel({ name: 'closed' }),
    discord.addChannel({ name: 'gone' }),
  ]
  const elsewhere = discord.addChannel({ guild: discord.addGuild({ name: 'Other' }) })
  const managing = { add: ['ManageGuild', 'ManageMessages'] } as const
  const people: Partial<Record<WhoName, Person>> = {
    author: discord.user('author'),
    member: discord.user('member'),
    moderator: discord.user('moderator', { add: ['ManageMessages'] }),
    manager: discord.user('manager', managing),
    'manager who is not in': discord.user('boss', managing),
    'reader who is not in': discord.user('reader', {
      permissions: ['ViewChannel', 'ReadMessageHistory', 'UseApplicationCommands'],
    }),
    'somebody of another workspace': discord.user('other', { channel: elsewhere, ...managing }),
    'somebody unknown': discord.user('newcomer'),
  }
  const author = people.author as Person
  people['author, but unknown'] = author
  for (const name of ['manager who is not in', 'reader who is not in'] as const)
    for (const where of [closed, gone]) discord.denyMember(people[name]?.id ?? '', ['ViewChannel'], where)
  const inside = (['author', 'member', 'moderator', 'manager', 'somebody unknown'] as const).flatMap(
    (name) => people[name] ?? [],
  )
  const threadOf = (name: string, isPrivate: boolean) =>
    discord.addThread({ name, channel: open, isPrivate, people: inside })
  const own = threadOf('own', false)
  const [hidden, lost, silent] = [threadOf('hidden', true), threadOf('lost', true), threadOf('silent', true)]
  // For this one Discord never lists the members.
  const route = new RegExp(`^/channels/${silent.id}/thread-members/`)
  discord.fault({ method: 'GET', route, status: 403, times: 10_000 })
  const inChannel = (channelId: string) => ({ channelId, threadId: null, isOwnThread: false })
  const inThread = (threadId: string) => ({ channelId: open.id, threadId, isOwnThread: threadId === own.id })
  const spots: Record<Exclude<Where, 'direct messages'>, ReturnType<typeof inThread | typeof inChannel>> = {
    'public channel': inChannel(open.id),
    'private channel': inChannel(closed.id),
    thread: inThread(own.id),
    'private thread': inThread(hidden.id),
    'deleted channel': inChannel(gone.id),
    'deleted private thread': inThread(lost.id),
    'no answer': inThread(silent.id),
    'not cached': inChannel(open.id),
  }

  /** Roles the gateway hasn't reported: the cached ones no longer explain Discord's answer. */
  function withUntoldRole<T>(person: Person, work: () => T): T {
    const member = discord.guild.members.get(person.id)
    if (!member) throw new Error('not a member')
    const role = { id: '77', name: 'untold', permissions: String(1n << 13n), position: 2 }
    discord.guild.roles.push(role)
    member.roles.push(role.id)
    try {
      return work()
    } finally {
      discord.guild.roles.pop()
      member.roles.pop()
    }
  }

  /** A person does something, and this is what the bot receives. */
  function heard(person: Person, channel: typeof lobby): Promise<Interaction> {
    const next = new Promise<Interaction>((resolve) => client.once(Events.InteractionCreate, resolve))
    person.command('draft help', {}, { channel })
    return next
  }

  return {
    author: { id: author.id },
    async who(name, where) {
      const person = people[name]
      if (!person) return null
      const isDirect = where === 'direct messages'
      const isUnknown = name.includes('unknown')
      if (isDirect && isUnknown) return null
      if (inStudio) {
        if (isUnknown) return null
        const guild = name === 'somebody of another workspace' ? elsewhere.guildId : discord.guild.id
        const workspace = isDirect ? `discord:dm:${person.id}` : `discord:${guild}`
        const actor = { id: person.id, name }
        return { actor, access: members().access(workspace, person.id), surface: 'discord', workspace }
      }
      // From a channel other than the drafts': permissions there say nothing about the drafts' channels.
      const from = isDirect
        ? person.directMessages()
        : name === 'somebody of another workspace'
          ? elsewhere
          : lobby
      const interaction = await (isUnknown
        ? withUntoldRole(person, () => heard(person, from))
        : heard(person, from))
      const { actor, access, surface, workspace } = requestOf(interaction, accessOf)
      return { actor, access, surface, workspace }
    },
    async place(where) {
      const isDirect = where === 'direct messages'
      const spot = isDirect ? inChannel(author.directMessages().id) : spots[where]
      const workspace = isDirect ? `discord:dm:${author.id}` : `discord:${discord.guild.id}`
      return { surface: 'discord', workspace, ...spot }
    },
    async befall(where) {
      if (where === 'deleted channel') discord.deleteChannel(gone)
      if (where === 'deleted private thread') discord.deleteChannel(lost)
      if (where === 'not cached') discord.outage()
    },
  }
}

accessContract('Discord', discordStage)

const KNOWN: Where[] = [
  ...(['public channel', 'private channel', 'thread', 'private thread', 'direct messages'] as const),
  ...(['deleted channel', 'deleted private thread', 'no answer'] as const),
]
accessContract('Discord, in the studio', () => discordStage(true), KNOWN)

it('keeps out of the studio who has left the server, within half a minute, and lets who is timed out only look', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const discord = await startDiscord()
  const { client, connection } = await connect({ token: discord.token, apiUrl: discord.apiUrl }, log)
  onTestFinished(async () => {
    connection.end()
    await client.destroy()
    await discord.stop()
  })
  let down: Date | null = null
  const members = createMembers(client, createPlaces(client, createChannels(client)), () => down)
  const workspace = `discord:${discord.guild.id}`
  const place = { ...{ surface: 'discord', workspace, channelId: discord.channel.id, threadId: null } }
  const ann = discord.user('ann')
  const rights = () => members.access(workspace, ann.id).at({ ...place, isOwnThread: false })
  expect(await rights()).toMatchObject({ see: true, write: true })
  const member = discord.guild.members.get(ann.id)
  if (!member) throw new Error('Ann is no member.')
  member.timedOutUntil = new Date(Date.now() + 60_000).toISOString()
  vi.advanceTimersByTime(30_001)
  expect(await rights()).toMatchObject({ see: true, write: false, manage: false })
  discord.guild.members.delete(ann.id)
  vi.advanceTimersByTime(29_000)
  expect(await rights()).toMatchObject({ see: true })
  vi.advanceTimersByTime(1001)
  expect(await rights()).toEqual(NOTHING)
  // Old reports from the gateway no longer count; nor does a server that is unavailable.
  down = new Date(Date.now() - 31_000)
  expect(await rights()).toEqual(UNKNOWN)
  down = null
  discord.outage()
  await vi.waitFor(async () => expect(await rights()).toEqual(UNKNOWN), PATIENCE)
})
