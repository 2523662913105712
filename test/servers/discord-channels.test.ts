import { Routes } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { refusal, runClient } from './discord-client.ts'

describe('channels, threads, permissions, sizes, through the real client', () => {
  test('permissions: 50001, 50013; unknown things: 10003, 10008', async () => {
    await using running = await runClient()
    const { discord: own, client } = running
    const channel = await client.channels.fetch(own.channel.id)
    if (channel?.type !== 0) throw new Error('The channel is not there.')
    const sent = await channel.send('x')
    own.deny(['AttachFiles'])
    const withFile = { content: 'x', files: [{ attachment: Buffer.from('x'), name: 'a.txt' }] }
    expect(await refusal(channel.send(withFile))).toMatchObject({ status: 403, code: 50013 })
    own.deny(['SendMessages'])
    expect(await refusal(channel.send('x'))).toMatchObject({ status: 403, code: 50013 })
    own.deny(['CreatePublicThreads'])
    expect(await refusal(sent.startThread({ name: 't' }))).toMatchObject({ code: 50013 })
    own.allow(['CreatePublicThreads'])
    const thread = await sent.startThread({ name: 't' })
    own.deny(['SendMessagesInThreads'])
    expect(await refusal(thread.send('x'))).toMatchObject({ code: 50013 })
    own.deny(['ViewChannel'])
    expect(await refusal(channel.send('x'))).toMatchObject({ status: 403, code: 50001 })
    own.allow(['ViewChannel', 'SendMessages'])
    own.deleteMessage(own.messages()[0] ?? own.user('x').say('x'))
    expect(await refusal(sent.edit('y'))).toMatchObject({ status: 404, code: 10008 })
    own.deleteChannel(own.channel)
    expect(await refusal(client.rest.get(Routes.channel(own.channel.id)))).toMatchObject({
      status: 404,
      code: 10003,
    })
  })

  test('threads: one for a message (160004), none in a thread (50024), archived ones (50083)', async () => {
    await using running = await runClient()
    const { discord: own, client } = running
    const channel = await client.channels.fetch(own.channel.id)
    if (channel?.type !== 0) throw new Error('The channel is not there.')
    const sent = await channel.send('x')
    const thread = await sent.startThread({ name: 't', autoArchiveDuration: 1440 })
    const start = Routes.threads(own.channel.id, sent.id)
    expect(await refusal(client.rest.post(start, { body: { name: 'u' } }))).toMatchObject({ code: 160004 })
    const inside = await thread.send('inside')
    const nested = Routes.threads(thread.id, inside.id)
    expect(await refusal(client.rest.post(nested, { body: { name: 'u' } }))).toMatchObject({ code: 50024 })
    const odd = { name: 'u', auto_archive_duration: 61 }
    expect(await refusal(client.rest.post(Routes.threads(own.channel.id), { body: odd }))).toMatchObject({
      code: 50035,
    })

    await thread.setArchived(true)
    expect(await refusal(inside.edit('y'))).toMatchObject({ status: 400, code: 50083 })
    await thread.send('opens it again')
    expect((await own.thread()).thread?.archived).toBe(false)
    await inside.edit('y')
    own.setThread(await own.thread(), { archived: true, locked: true })
    expect(await refusal(thread.send('x'))).toMatchObject({ code: 50083 })
    expect(await refusal(thread.delete())).toMatchObject({ code: 50013 })
    const other = await channel.threads.create({ name: 'another', type: 11 })
    expect(own.threads().map(({ name }) => name)).toEqual(['t', 'another'])
    await other.members.add(own.user('bob').id)
    expect(own.threads()[1]?.thread?.members.size).toBe(2)
  })

  test('files: 10 MiB without boosts, 50 MiB with two tiers', async () => {
    await using running = await runClient(undefined, { guild: { premiumTier: 2 } })
    const { discord: own, client } = running
    const small = own.addGuild({ name: 'Small' })
    const [roomy, tight] = [own.channel, own.addChannel({ guild: small })]
    await own.until(() => client.channels.cache.has(tight.id), 'the new channel')
    const attachment = Buffer.alloc(10 * 1024 * 1024 + 1)
    const post = async (id: string) => {
      const channel = await client.channels.fetch(id)
      if (!channel?.isSendable()) throw new Error('The channel is not there.')
      return channel.send({ files: [{ attachment, name: 'a.mp4' }] })
    }
    expect(await refusal(post(tight.id))).toMatchObject({ status: 413, code: 40005 })
    expect((await post(roomy.id)).attachments.first()?.size).toBe(attachment.length)
  })
})
