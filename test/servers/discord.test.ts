import { DiscordAPIError, GatewayIntentBits, REST, Routes } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { startDiscord } from './discord/start.ts'
import { newClient, runClient } from './discord-client.ts'

describe('login', () => {
  test('the real client logs in and knows guild, channels, roles and its permissions', async () => {
    await using running = await runClient()
    const { discord, client } = running
    expect(client.user.id).toBe(discord.botId)
    const guild = client.guilds.cache.get(discord.guild.id)
    expect(guild?.name).toBe('Team')
    const channel = guild?.channels.cache.get(discord.channel.id)
    expect(channel?.name).toBe('general')
    const me = guild?.members.me
    expect(me && channel?.permissionsFor(me).has(['SendMessages', 'AttachFiles'])).toBe(true)
    expect(me && channel?.permissionsFor(me).has('ManageMessages')).toBe(false)
    discord.deny(['AttachFiles'])
    await discord.until(
      () => me && channel?.permissionsFor(me).has('AttachFiles') === false,
      'the client to learn of the lost permission',
    )
  })

  test('a wrong token is refused by REST with 401 and by the gateway with 4004', async () => {
    const discord = await startDiscord()
    const client = newClient(discord)
    await expect(client.login('wrong')).rejects.toThrow(/invalid token/i)
    await client.destroy()
    const rest = new REST({ api: discord.apiUrl }).setToken('wrong')
    await expect(rest.get(Routes.user())).rejects.toMatchObject({ status: 401, message: '401: Unauthorized' })
    const socket = new WebSocket(`${discord.apiUrl.replace('http', 'ws').replace('/api', '')}/gateway?v=10`)
    const closed = new Promise<number>((resolve) => {
      socket.onclose = (event) => resolve(event.code)
    })
    socket.onopen = () => socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 1 } }))
    expect(await closed).toBe(4004)
    await discord.stop()
  })

  test('privileged intents that are not switched on are refused', async () => {
    const discord = await startDiscord()
    const client = newClient(discord, {
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
    })
    const codes: number[] = []
    client.on('shardDisconnect', ({ code }) => codes.push(code))
    await client.login(discord.token).catch(() => undefined)
    await discord.until(() => codes.length > 0, 'the disconnection')
    expect(codes).toEqual([4014])
    await client.destroy()
    await discord.stop()
  })
})

describe('gateway', () => {
  test('a dropped connection is resumed and what was missed is replayed', async () => {
    const seen: string[] = []
    await using running = await runClient(undefined, {
      client: { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] },
    })
    const { discord, client } = running
    client.on('messageCreate', (message) => seen.push(message.id))
    discord.gateway.drop()
    await discord.until(() => discord.gateway.connected === 0, 'the connection to be gone')
    const missed = discord.user('ann').say('while you were away')
    await discord.until(() => seen.length > 0, 'the missed message')
    expect(seen).toEqual([missed.id])
    expect([discord.gateway.identified, discord.gateway.resumed]).toEqual([1, 1])
  })

  test('words are shown only where they mention the bot, by name or by the ping of an answer', async () => {
    const seen: string[] = []
    const { Guilds, GuildMessages } = GatewayIntentBits
    await using running = await runClient(undefined, { client: { intents: [Guilds, GuildMessages] } })
    const { discord, client } = running
    client.on('messageCreate', ({ author, content }) => {
      if (!author.bot) seen.push(content)
    })
    const ann = discord.user('ann')
    const route = Routes.channelMessages(discord.channel.id)
    await client.rest.post(route, { body: { content: 'ours' } })
    const [ours] = discord.messages()
    const role = discord.guild.roles.find(({ botId }) => botId === discord.botId)
    ann.say('to nobody')
    ann.say(`<@&${role?.id}> to the role`)
    ann.say('an answer without a ping', ours && { answers: ours, pings: false })
    ann.say('an answer', ours && { answers: ours })
    ann.say(`<@!${discord.botId}> to the bot`)
    await discord.until(() => seen.length === 5, 'all messages')
    expect(seen).toEqual(['', '', '', 'an answer', `<@!${discord.botId}> to the bot`])
  })

  test('reactions take the permission, unless somebody has given the same', async () => {
    await using running = await runClient()
    const { discord, client } = running
    const message = discord.user('ann').say('hello')
    const react = (emoji: string) =>
      client.rest
        .put(Routes.channelMessageOwnReaction(message.channelId, message.id, encodeURIComponent(emoji)))
        .then(
          () => 'given',
          (error: unknown) => (error instanceof DiscordAPIError ? error.code : error),
        )
    expect(await react('📝')).toBe('given')
    expect(await react('memo')).toBe(10014)
    discord.deny(['AddReactions'])
    expect([await react('📝'), await react('💡')]).toEqual(['given', 50013])
    expect([...message.reactions.keys()]).toEqual(['📝'])
  })

  test('op 7 makes the client reconnect and resume', async () => {
    await using running = await runClient()
    running.discord.gateway.reconnect()
    await running.discord.until(() => running.discord.gateway.resumed === 1, 'a resumed session')
    expect(running.discord.gateway.identified).toBe(1)
  })

  test('a forgotten session is answered with op 9, and the client identifies again', async () => {
    await using running = await runClient(undefined, {
      // The client leaves five seconds between two identifies, which don't matter here.
      client: { ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) } },
    })
    const { discord, client } = running
    const ready = new Promise((resolve) => client.once('shardReady', resolve))
    discord.gateway.forgetSessions()
    discord.gateway.reconnect()
    await ready
    expect([discord.gateway.identified, discord.gateway.resumed]).toEqual([2, 0])
    expect(discord.gatewayLog.some(({ direction, op }) => direction === 'sent' && op === 9)).toBe(true)
  })

  test('without answers to its heartbeats the client takes the connection for a zombie and resumes', async () => {
    await using running = await runClient(undefined, { heartbeatInterval: 100 })
    const { discord } = running
    discord.gateway.acknowledgeHeartbeats = false
    await discord.until(
      () => discord.gatewayLog.some(({ direction, data }) => direction === 'closed' && data === 4200),
      'the client to close the zombie',
    )
    discord.gateway.acknowledgeHeartbeats = true
    await discord.until(
      () => discord.gateway.resumed >= 1 && discord.gateway.connected === 1,
      'a resumed session',
    )
  })

  test('a closed session (4009) is resumed, and a refused handshake is tried again', async () => {
    await using running = await runClient()
    const { discord } = running
    discord.gateway.acceptConnections = false
    discord.gateway.close(4009, 'Session timed out.')
    await discord.until(() => discord.gateway.connected === 0, 'the connection to be gone')
    discord.gateway.acceptConnections = true
    await discord.until(() => discord.gateway.connected === 1, 'a new connection')
  })
})

describe('faults', () => {
  test('429, 502 and lost answers are met as by Discord', async () => {
    await using running = await runClient()
    const { discord, client } = running
    const channel = await client.channels.fetch(discord.channel.id)
    if (!channel?.isSendable()) throw new Error('The channel is not there.')

    const limited = discord.fault({
      method: 'POST',
      route: '/channels/{channel_id}/messages',
      status: 429,
      retryAfter: 0.05,
    })
    await channel.send('first')
    expect(limited.hits).toBe(1)
    discord.fault({ method: 'POST', route: /\/messages$/, status: 502, times: 2 })
    await channel.send('second')
    expect(discord.messages().map(({ content }) => content)).toEqual(['first', 'second'])

    // The answer is lost after Discord has posted the message: the nonce keeps the retry from posting it twice.
    discord.fault({ method: 'POST', route: /\/messages$/, status: 500, applied: true })
    await channel.send({ content: 'third', nonce: 'n-1', enforceNonce: true })
    expect(discord.messages().filter(({ content }) => content === 'third')).toHaveLength(1)

    discord.fault({ method: 'POST', route: /\/messages$/, reset: true })
    await channel.send('fourth').catch(() => undefined)
    const statuses = discord.requestsTo('POST', '/channels/{channel_id}/messages').map(({ status }) => status)
    expect(statuses.slice(0, 7)).toEqual([429, 200, 502, 502, 200, 500, 200])
    expect(statuses[7]).toBe(-1)
    expect(discord.violations).toEqual([])
  })

  test('the same nonce posts again once some minutes have passed, or without enforce_nonce', async () => {
    await using running = await runClient()
    const { discord, client } = running
    const channel = await client.channels.fetch(discord.channel.id)
    if (!channel?.isSendable()) throw new Error('The channel is not there.')
    const one = await channel.send({ content: 'a', nonce: '7', enforceNonce: true })
    const same = await channel.send({ content: 'b', nonce: '7', enforceNonce: true })
    expect(same.id).toBe(one.id)
    expect((await channel.send({ content: 'b', nonce: '7' })).id).not.toBe(one.id)
    discord.clock.advance(6 * 60_000)
    expect((await channel.send({ content: 'c', nonce: '7', enforceNonce: true })).content).toBe('c')
  })

  test('a rate limit that is enforced is waited out by the client without a 429', async () => {
    await using running = await runClient(undefined, {
      rateLimits: [{ method: 'POST', route: '/channels/{channel_id}/messages', limit: 2, seconds: 0.3 }],
    })
    const { discord, client } = running
    const channel = await client.channels.fetch(discord.channel.id)
    if (!channel?.isSendable()) throw new Error('The channel is not there.')
    await Promise.all(['1', '2', '3', '4', '5'].map((text) => channel.send(text)))
    expect(discord.messages()).toHaveLength(5)
    expect(discord.requests.filter(({ status }) => status === 429)).toEqual([])
  })
})
