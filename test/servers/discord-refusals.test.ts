import { MessageFlags, REST, Routes } from 'discord.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Discord, startDiscord } from './discord/start.ts'
import { refusal } from './discord-client.ts'

const V2 = MessageFlags.IsComponentsV2
const text = (content: string) => ({ type: 10, content })
const row = (...components: object[]) => ({ type: 1, components })
const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  custom_id,
  label: 'x',
  ...more,
})
const select = (options: object[], more: object = {}) => ({ type: 3, custom_id: 's', options, ...more })
const option = (value: string, more: object = {}) => ({ label: 'l', value, ...more })
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i))
const v2 = (...components: object[]) => ({ flags: V2, components })

let discord: Discord
let rest: REST

beforeAll(async () => {
  discord = await startDiscord()
  rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token)
})
afterAll(() => discord.stop())

const send = (body: object) => rest.post(Routes.channelMessages(discord.channel.id), { body })

describe('messages: 50035 with the place of what is wrong', () => {
  const media = (url: string) => ({ type: 12, items: [{ media: { url } }] })
  test.each<[string, object, string]>([
    ['long content', { content: 'x'.repeat(2001) }, '"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH"'],
    [
      'text above 4000 in all',
      v2(...times(5, () => text('x'.repeat(801)))),
      'DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    [
      '41 components in all',
      v2(...times(4, (i) => ({ type: 17, components: times(i === 0 ? 10 : 9, () => text('x')) }))),
      'MAX_TOTAL_COMPONENTS',
    ],
    ['content with the flag', { ...v2(text('x')), content: 'y' }, "The 'content' field cannot be used"],
    [
      'embeds with the flag',
      { ...v2(text('x')), embeds: [{ title: 'y' }] },
      "The 'embeds' field cannot be used",
    ],
    ['a text without the flag', { components: [text('x')] }, 'must be one of (1,)'],
    ['an unknown component', v2({ type: 99 }), 'UNION_TYPE_CHOICES'],
    ['a button outside a row', v2(button('a')), 'UNION_TYPE_CHOICES'],
    [
      'a container in a container',
      v2({ type: 17, components: [{ type: 17, components: [text('x')] }] }),
      '"components":{"0":{"components":{"0":{"_errors"',
    ],
    ['six buttons', v2(row(...times(6, (i) => button(`b${i}`)))), 'Must be between 1 and 5'],
    [
      'a button beside a menu',
      v2(row(select([option('1')]), button('a'))),
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    ['an empty row', v2(row()), 'Must be between 1 and 5'],
    ['the same custom id twice', v2(row(button('a')), row(button('a'))), 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['a long custom id', v2(row(button('x'.repeat(101)))), 'between 1 and 100'],
    ['a long label', v2(row(button('a', { label: 'x'.repeat(81) }))), 'Must be 80 or fewer'],
    [
      'a button without label',
      v2(row({ type: 2, style: 1, custom_id: 'a' })),
      'must have a label or an emoji',
    ],
    [
      'an emoji that is none',
      v2(row(button('a', { emoji: { name: 'up' } }))),
      'BUTTON_COMPONENT_INVALID_EMOJI',
    ],
    [
      'a link with a custom id',
      v2(row({ ...button('a'), style: 5, url: 'https://example.org' })),
      'MUTUALLY_EXCLUSIVE',
    ],
    ['26 options', v2(row(select(times(26, (i) => option(`${i}`))))), 'between 1 and 25'],
    ['an option twice', v2(row(select([option('1'), option('1')]))), 'OPTION_VALUE_DUPLICATED'],
    [
      'a long option',
      v2(row(select([option('1', { description: 'x'.repeat(101) })]))),
      'Must be 100 or fewer',
    ],
    [
      'a long placeholder',
      v2(row(select([option('1')], { placeholder: 'x'.repeat(151) }))),
      'Must be 150 or fewer',
    ],
    ['a section without accessory', v2({ type: 9, components: [text('x')] }), '"accessory":{"_errors"'],
    [
      'a section of four texts',
      v2({ type: 9, components: times(4, () => text('x')), accessory: button('a') }),
      'between 1 and 3',
    ],
    [
      'a gallery of eleven',
      v2({ type: 12, items: times(11, () => ({ media: { url: 'https://example.org/a' } })) }),
      'between 1 and 10',
    ],
    ['a file that was not sent', v2(media('attachment://a.png')), 'COMPONENT_ATTACHMENT_NOT_FOUND'],
    ['a file by its path', v2(media('file:///a.png')), 'URL_TYPE_INVALID_SCHEME'],
    ['an empty text', v2(text('')), 'between 1 and 4000'],
    ['no components with the flag', { flags: V2 }, '"components":{"_errors"'],
    ['a long nonce', { content: 'x', nonce: 'x'.repeat(26) }, 'Must be 25 or fewer'],
    [
      'mentions both ways',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'mutually exclusive',
    ],
    ['an attachment without its file', { content: 'x', attachments: [{ id: '0' }] }, 'ATTACHMENT_NOT_FOUND'],
  ])('%s', async (_, body, expected) => {
    const refused = await refusal(send(body))
    expect([refused.status, refused.code]).toEqual([400, 50035])
    expect(refused.body).toContain(expected)
  })

  test('what is just within the limits is taken', async () => {
    const before = discord.messages().length
    await send({ content: '𝕏'.repeat(2000) })
    await send(v2(...times(4, () => text('x'.repeat(1000)))))
    await send(v2(...times(4, () => ({ type: 17, components: times(9, () => text('x')) }))))
    await send(v2(row(...times(5, (i) => button(`b${i}`, { label: 'x'.repeat(80), emoji: { name: '⬆️' } })))))
    await send(v2(row(select(times(25, (i) => option(`${i}`))))))
    expect(discord.messages().length).toBe(before + 5)
  })

  test('blank content is empty (50006); too many bytes of text are a server error', async () => {
    expect(await refusal(send({ content: ' \n ' }))).toMatchObject({ status: 400, code: 50006 })
    await expect(send(v2(text('가'.repeat(3400))))).rejects.toMatchObject({ status: 500 })
  })

  test('the flag for components stays on; old content must go when it comes', async () => {
    const modern = (await send(v2(text('x')))) as { id: string }
    const plain = (await send({ content: 'x' })) as { id: string }
    const edit = (id: string, body: object) =>
      rest.patch(Routes.channelMessage(discord.channel.id, id), { body })
    expect((await refusal(edit(modern.id, { flags: 0 }))).body).toContain('cannot be removed')
    expect((await refusal(edit(modern.id, { content: 'y' }))).code).toBe(50035)
    expect((await refusal(edit(plain.id, v2(text('y'))))).body).toContain("The 'content' field")
    await edit(plain.id, { ...v2(text('y')), content: null })
  })
})

describe('commands: 50035', () => {
  const command = (more: object) => ({ name: 'ok', description: 'd', ...more })
  const value = (name: string, more: object = {}) => ({ type: 3, name, description: 'd', ...more })
  test.each<[string, object, string]>([
    ['capitals', command({ name: 'Draft' }), 'APPLICATION_COMMAND_INVALID_NAME'],
    ['blanks', command({ name: 'a b' }), 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a long description', command({ description: 'x'.repeat(101) }), 'between 1 and 100'],
    ['an unknown language', command({ description_localizations: { kr: 'x' } }), 'not a valid locale'],
    [
      'a long translation',
      command({ description_localizations: { ko: '가'.repeat(101) } }),
      'between 1 and 100',
    ],
    ['26 options', command({ options: times(26, (i) => value(`o${i}`)) }), 'Must be 25 or fewer'],
    [
      'required after optional',
      command({ options: [value('a'), value('b', { required: true })] }),
      'OPTIONS_REQUIRED_INVALID',
    ],
    [
      '26 choices',
      command({ options: [value('a', { choices: times(26, (i) => ({ name: `${i}`, value: `${i}` })) })] }),
      'Must be 25 or fewer',
    ],
    [
      'choices and autocompletion',
      command({ options: [value('a', { autocomplete: true, choices: [{ name: 'x', value: 'x' }] })] }),
      'AUTOCOMPLETE_WITH_CHOICES',
    ],
    [
      'subcommands beside options',
      command({ options: [{ type: 1, name: 'a', description: 'd' }, value('b')] }),
      'mutually exclusive',
    ],
    ['an option twice', command({ options: [value('a'), value('a')] }), 'NAME_DUPLICATE'],
  ])('%s', async (_, body, expected) => {
    const route = Routes.applicationCommands(discord.botId)
    for (const request of [rest.post(route, { body }), rest.put(route, { body: [body] })]) {
      const refused = await refusal(request)
      expect(refused.code).toBe(50035)
      expect(refused.body).toContain(expected)
    }
  })

  test('Korean names are names', async () => {
    const route = Routes.applicationGuildCommands(discord.botId, discord.guild.id)
    await rest.put(route, { body: [command({ name: '초안', name_localizations: { ko: '초안' } })] })
    expect(discord.commands(discord.guild)).toHaveLength(1)
  })
})
