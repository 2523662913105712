import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { COMMANDS } from '../../../../src/bot/handlers/commands.ts'
import { commandBodies } from '../../../../src/bot/surfaces/discord/commands.ts'
import { startDiscord as connect } from '../../../../src/bot/surfaces/discord/start.ts'
import { SurfaceError } from '../../../../src/bot/surfaces/surface.ts'
import { connectTo, readable } from '../../../factories/discord.ts'
import { testProgram } from '../../../factories/program.ts'
import { type Discord, startDiscord } from '../../../servers/discord/start.ts'
import type { Command } from '../../../servers/discord/types.ts'

const GLOBAL = '/applications/{application_id}/commands'
const IN_GUILD = '/applications/{application_id}/guilds/{guild_id}/commands'

async function loopback(): Promise<Discord> {
  const discord = await startDiscord()
  onTestFinished(() => discord.stop())
  return discord
}

/** The single line with which a refused start ends. */
async function refusedStart(
  discord: Discord,
  settings: { token?: string; guildId?: string; apiUrl?: string },
) {
  const program = await testProgram({ start: false })
  const all = { token: discord.token, guildId: undefined, apiUrl: discord.apiUrl, ...settings }
  const error = await connect(all, program.bot, pino({ level: 'silent' })).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SurfaceError)
  const line = error instanceof Error ? error.message : ''
  expect(line).not.toContain('\n')
  return line
}

describe('the start', () => {
  test('registers the commands where they differ, and not again', async () => {
    const discord = await loopback()
    const program = await testProgram({ start: false })
    const first = await connectTo(discord, program)
    expect(discord.commands().map(({ name }) => name)).toEqual(['draft', 'Make a draft from this'])
    expect(discord.requestsTo('PUT', GLOBAL)).toHaveLength(1)
    await first.stop()
    const second = await connectTo(discord, program)
    expect(discord.requestsTo('PUT', GLOBAL)).toHaveLength(1)
    await second.stop()
    discord.commands()[0]?.options?.pop()
    await connectTo(discord, program)
    expect(discord.requestsTo('PUT', GLOBAL)).toHaveLength(2)
    expect(discord.commands()[0]?.options?.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name))
    expect(discord.violations).toEqual([])
  })

  test('does not register them again for what Discord adds or orders by itself, and keeps what is not ours', async () => {
    const discord = await loopback()
    const program = await testProgram({ start: false })
    await (await connectTo(discord, program)).stop()
    for (const command of discord.commands()) command.contexts?.reverse()
    const activity = { ...structuredClone(discord.commands()[0]), id: '77', type: 4, name: 'launch' }
    discord.commands().push({ ...activity, options: [], description: '' } as Command)
    await (await connectTo(discord, program)).stop()
    expect(discord.requestsTo('PUT', GLOBAL)).toHaveLength(1)
    await (await connectTo(discord, program, discord.guild.id)).stop()
    for (const command of discord.commands(discord.guild))
      Object.assign(command, { integration_types: [0], contexts: [0] })
    await connectTo(discord, program, discord.guild.id)
    expect(discord.requestsTo('PUT', IN_GUILD)).toHaveLength(1)
    expect(discord.commands().map(({ name }) => name)).toEqual(['launch'])
  })

  test('registers them in one server at once, and takes the older ones away', async () => {
    const discord = await loopback()
    const program = await testProgram({ start: false })
    await (await connectTo(discord, program)).stop()
    const local = await connectTo(discord, program, discord.guild.id)
    expect([discord.commands().length, discord.commands(discord.guild).length]).toEqual([0, 2])
    expect(discord.requestsTo('PUT', IN_GUILD)).toHaveLength(1)
    await local.stop()
    await connectTo(discord, program)
    expect([discord.commands().length, discord.commands(discord.guild).length]).toEqual([2, 0])
    expect(discord.violations).toEqual([])
  })

  test('describes everything in English and Korean', () => {
    const [draft, shortcut] = commandBodies('global')
    const described: unknown[] = []
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return
      if ('description' in value) described.push(value)
      Object.values(value).forEach(visit)
    }
    visit(draft)
    expect(described.length).toBeGreaterThan(15)
    for (const each of described)
      expect(each).toMatchObject({ description: /./, description_localizations: { ko: /[가-힣]/ } })
    expect(shortcut).toMatchObject({ type: 3, name_localizations: { ko: /[가-힣]/ } })
    expect(JSON.stringify(draft)).toContain('{"name":"Calm","name_localizations":{"ko":"')
  })

  test('asks for no more than it needs, and says how to invite the bot', async () => {
    const discord = await loopback()
    const surface = await connectTo(discord, await testProgram({ start: false }))
    const identify = discord.gatewayLog.find(({ op, direction }) => op === 2 && direction === 'received')
    // Guilds, GuildMessages and DirectMessages, none of which is privileged.
    expect(identify?.data).toMatchObject({ intents: 1 + 512 + 4096 })
    const link = new URL(/https:\S+/.exec(surface.notes.join(' '))?.[0] ?? '')
    expect(link.origin + link.pathname).toBe('https://discord.com/oauth2/authorize')
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: discord.botId,
      scope: 'bot applications.commands',
      // React, view, send, send in threads, create threads, attach, read history.
      permissions: String(
        (1n << 6n) | (1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 35n) | (1n << 38n),
      ),
    })
  })

  test('takes what people do before the start is over, and shows it once', async () => {
    const discord = await loopback()
    const program = await testProgram({ start: false })
    await (await connectTo(discord, program)).stop()
    const hold = discord.fault({ method: 'GET', route: GLOBAL, delay: 300 })
    const starting = connectTo(discord, program)
    await discord.until(() => hold.hits === 1, 'the start to be under way')
    await discord.user('ann').command('draft create', { topic: 'Tea' }).response()
    await starting
    await program.start()
    const thread = await discord.thread()
    await discord.until(() => readable(discord.messages(thread)[0]).includes('Tea'), 'the draft')
    await program.queue.idle()
    await program.threads.settled()
    expect([discord.messages().length, discord.threads().length]).toEqual([1, 1])
    expect(discord.violations).toEqual([])
  })

  test('says nothing of a connection that it closes itself, and when one is down', async () => {
    const discord = await loopback()
    const program = await testProgram({ start: false })
    const logged: string[] = []
    const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line).msg) })
    const settings = { token: discord.token, guildId: undefined, apiUrl: discord.apiUrl }
    const surface = await connect(settings, program.bot, log)
    expect(surface.downSince()).toBeNull()
    discord.gateway.drop()
    await discord.until(() => surface.downSince() !== null, 'the connection to be down')
    await discord.until(() => surface.downSince() === null, 'the connection to be up')
    await surface.refuse()
    await surface.stop()
    expect(logged).toEqual([
      'commands registered',
      'connecting to Discord again',
      'connected to Discord again',
    ])
  })

  test('a wrong token is one line that names it and does not repeat it', async () => {
    const discord = await loopback()
    const line = await refusedStart(discord, { token: 'bm90.YQ.token' })
    expect(line).toMatch(/^DISCORD_TOKEN /)
    expect(line).not.toContain('bm90')
  })

  test('so are an address without Discord, and a server that the bot is not in', async () => {
    const discord = await loopback()
    expect(await refusedStart(discord, { guildId: '123456789012345678' })).toMatch(
      /^DISCORD_GUILD_ID .*https:\/\/discord\.com\/oauth2/,
    )
    expect(await refusedStart(discord, { apiUrl: 'http://127.0.0.1:9/api' })).toMatch(
      /DISCORD_API_URL.*cannot be reached/,
    )
  })
})
