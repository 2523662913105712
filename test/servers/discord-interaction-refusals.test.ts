import { MessageFlags, REST, Routes } from 'discord.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Interaction } from './discord/interaction.ts'
import type { Person } from './discord/person.ts'
import { type Discord, startDiscord } from './discord/start.ts'
import { refusal } from './discord-client.ts'

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i))

let discord: Discord
let ann: Person
let rest: REST

beforeAll(async () => {
  discord = await startDiscord()
  ann = discord.user('ann')
  rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token)
  await rest.put(Routes.applicationCommands(discord.botId), {
    body: [
      {
        name: 'draft',
        description: 'd',
        options: [{ type: 3, name: 'topic', description: 'd', autocomplete: true }],
      },
    ],
  })
})
afterAll(() => discord.stop())

describe('interactions', () => {
  const answer = (interaction: Interaction, body: object) =>
    rest.post(Routes.interactionCallback(interaction.id, interaction.state.token), { body, auth: false })
  const followUp = (interaction: Interaction, body: object) =>
    rest.post(Routes.webhook(discord.botId, interaction.state.token), { body, auth: false })
  const hello = { type: 4, data: { content: 'hello' } }

  test('10062 after three seconds, when unknown or expired; 40060 the second time', async () => {
    const late = ann.command('draft')
    discord.clock.advance(3001)
    expect(await refusal(answer(late, hello))).toMatchObject({ status: 404, code: 10062 })
    const expired = ann.command('draft')
    expired.expire()
    expect(await refusal(answer(expired, hello))).toMatchObject({ status: 404, code: 10062 })
    expect(expired.refusals).toHaveLength(1)
    const twice = ann.command('draft')
    await answer(twice, hello)
    expect(await refusal(answer(twice, { type: 5 }))).toMatchObject({ status: 400, code: 40060 })
  })

  test('followups need an acknowledgement (10015) and a token younger than 15 minutes (50027)', async () => {
    const interaction = ann.command('draft')
    expect(await refusal(followUp(interaction, { content: 'x' }))).toMatchObject({ status: 404, code: 10015 })
    await answer(interaction, hello)
    await followUp(interaction, { content: 'x' })
    discord.clock.advance(15 * 60_000 + 1)
    expect(await refusal(followUp(interaction, { content: 'x' }))).toMatchObject({ status: 401, code: 50027 })
    const original = Routes.webhookMessage(discord.botId, interaction.state.token)
    expect(await refusal(rest.patch(original, { body: { content: 'y' }, auth: false }))).toMatchObject({
      code: 50027,
    })
  })

  test('an answer that is refused does not count, and the answer must fit', async () => {
    const interaction = ann.command('draft')
    const long = await refusal(answer(interaction, { type: 4, data: { content: 'x'.repeat(2001) } }))
    expect(long.body).toContain('"data":{"content":{"_errors"')
    expect((await refusal(answer(interaction, { type: 7, data: {} }))).code).toBe(50035)
    expect((await refusal(answer(interaction, { type: 8, data: { choices: [] } }))).code).toBe(50035)
    await answer(interaction, hello)
  })

  test('autocompletion: 26 choices and long names are refused', async () => {
    const typing = ann.autocomplete('draft', { topic: 'x' })
    const choices = (count: number, name: string) => ({
      type: 8,
      data: { choices: times(count, (i) => ({ name, value: `${i}` })) },
    })
    expect((await refusal(answer(typing, choices(26, 'x')))).body).toContain('Must be 25 or fewer')
    expect((await refusal(answer(typing, choices(1, 'x'.repeat(101))))).body).toContain('between 1 and 100')
    await answer(typing, choices(25, 'x'.repeat(100)))
  })

  test('the first followup after a deferral fills the deferred message', async () => {
    const interaction = ann.command('draft')
    await answer(interaction, { type: 5, data: { flags: MessageFlags.Ephemeral } })
    await followUp(interaction, { content: 'filled' })
    expect(interaction.messages().map(({ content, visibleTo }) => [content, visibleTo])).toEqual([
      ['filled', ann.id],
    ])
  })

  const input = (more: object = {}) => ({ type: 4, custom_id: 'a', style: 1, ...more })
  const label = (component: object, more: object = {}) => ({ type: 18, label: 'l', component, ...more })
  const modal = (more: object) => ({
    type: 9,
    data: { custom_id: 'm', title: 't', components: [label(input())], ...more },
  })
  test.each<[string, object, string]>([
    ['a long title', modal({ title: 'x'.repeat(46) }), 'between 1 and 45'],
    ['a long label', modal({ components: [label(input(), { label: 'x'.repeat(46) })] }), 'between 1 and 45'],
    [
      'a long description',
      modal({ components: [label(input(), { description: 'x'.repeat(101) })] }),
      'between 1 and 100',
    ],
    [
      'six fields',
      modal({ components: times(6, (i) => label(input({ custom_id: `${i}` }))) }),
      'between 1 and 5',
    ],
    ['no fields', modal({ components: [] }), 'between 1 and 5'],
    [
      'a long value',
      modal({ components: [label(input({ value: 'x'.repeat(4001) }))] }),
      'Must be 4000 or fewer',
    ],
    [
      'a value above its limit',
      modal({ components: [label(input({ value: 'xxx', max_length: 2 }))] }),
      'Must be 2 or fewer',
    ],
    [
      'crossed limits',
      modal({ components: [label(input({ min_length: 5, max_length: 2 }))] }),
      'MIN_LENGTH_GREATER',
    ],
    [
      'a long placeholder',
      modal({ components: [label(input({ placeholder: 'x'.repeat(101) }))] }),
      'Must be 100 or fewer',
    ],
    ['a custom id twice', modal({ components: [label(input()), label(input())] }), 'DUPLICATED'],
    ['a field without label', modal({ components: [input()] }), 'UNION_TYPE_CHOICES'],
    [
      'a button',
      modal({ components: [{ type: 1, components: [{ type: 2, style: 1, custom_id: 'a', label: 'x' }] }] }),
      'must be one of (4,)',
    ],
  ])('a form with %s', async (_, body, expected) => {
    const interaction = ann.command('draft')
    const refused = await refusal(answer(interaction, body))
    expect(refused.code).toBe(50035)
    expect(refused.body).toContain(expected)
  })
})
