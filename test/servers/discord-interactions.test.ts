import {
  ButtonStyle,
  type Interaction as ClientInteraction,
  ComponentType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { describe, expect, test } from 'vitest'
import { pingsOf, plainText } from './discord/plain-text.ts'
import { type Running, runClient } from './discord-client.ts'

const COMMAND = new SlashCommandBuilder()
  .setName('draft')
  .setDescription('Make a video together')
  .setDescriptionLocalization('ko', '함께 영상을 만듭니다')
  .addSubcommand((create) =>
    create
      .setName('create')
      .setDescription('Start a draft')
      .addStringOption((topic) =>
        topic.setName('topic').setDescription('What it is about').setRequired(true).setMaxLength(200),
      )
      .addStringOption((format) =>
        format
          .setName('format')
          .setDescription('Its shape')
          .addChoices({ name: 'Shorts', value: 'shorts' }, { name: 'Landscape', value: 'landscape' }),
      )
      .addIntegerOption((duration) =>
        duration.setName('duration').setDescription('Seconds').setMinValue(5).setMaxValue(600),
      ),
  )
  .addSubcommand((show) =>
    show
      .setName('show')
      .setDescription('Show a draft')
      .addStringOption((draft) =>
        draft.setName('draft').setDescription('Which one').setRequired(true).setAutocomplete(true),
      ),
  )

const FORM = new ModalBuilder()
  .setCustomId('edit:1')
  .setTitle('Segment 1')
  .addLabelComponents(
    new LabelBuilder()
      .setLabel('Narration')
      .setTextInputComponent(
        new TextInputBuilder()
          .setCustomId('text')
          .setStyle(TextInputStyle.Paragraph)
          .setValue('As it was')
          .setMinLength(2)
          .setMaxLength(20),
      ),
    new LabelBuilder()
      .setLabel('Keyword')
      .setTextInputComponent(
        new TextInputBuilder().setCustomId('keyword').setStyle(TextInputStyle.Short).setRequired(false),
      ),
    new LabelBuilder()
      .setLabel('Template')
      .setStringSelectMenuComponent((select) =>
        select
          .setCustomId('template')
          .addOptions({ label: 'Bold', value: 'bold' }, { label: 'Calm', value: 'calm', default: true }),
      ),
  )

const BUTTON = { type: ComponentType.Button, style: ButtonStyle.Primary } as const
async function handle(interaction: ClientInteraction): Promise<unknown> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused()
    return interaction.respond([{ name: `Draft ${typed}`, value: `draft_${typed}` }])
  }
  if (interaction.isChatInputCommand()) {
    await interaction.deferReply()
    const reply = await interaction.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: ComponentType.Container,
          components: [
            { type: ComponentType.TextDisplay, content: `# ${interaction.options.getString('topic', true)}` },
            { type: ComponentType.MediaGallery, items: [{ media: { url: 'attachment://clip.mp4' } }] },
          ],
        },
        {
          type: ComponentType.ActionRow,
          components: [
            { ...BUTTON, customId: 'edit', label: 'Edit' },
            { ...BUTTON, customId: 'more', label: 'More', emoji: { name: '➕' } },
            { ...BUTTON, customId: 'gone', label: 'Gone', disabled: true },
          ],
        },
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.StringSelect,
              customId: 'pick',
              placeholder: 'Footage',
              options: [
                { label: 'One', value: '1' },
                { label: 'Two', value: '2' },
              ],
            },
          ],
        },
      ],
      files: [{ attachment: Buffer.from('not really a clip'), name: 'clip.mp4' }],
    })
    await reply.startThread({ name: 'The draft' })
    return interaction.followUp({ content: 'Only for you', flags: MessageFlags.Ephemeral })
  }
  if (interaction.isButton() && interaction.customId === 'edit') return interaction.showModal(FORM)
  if (interaction.isButton()) {
    return interaction.reply({
      content: `You: ${interaction.locale} @everyone`,
      flags: MessageFlags.Ephemeral,
      allowedMentions: { parse: [] },
    })
  }
  if (interaction.isStringSelectMenu()) {
    return interaction.update({
      components: [{ type: ComponentType.TextDisplay, content: `Chosen: ${interaction.values.join()}` }],
    })
  }
  if (interaction.isModalSubmit()) {
    const read = ['text', 'keyword'].map((field) => interaction.fields.getTextInputValue(field))
    return interaction.reply(
      `${read.join('/')}/${interaction.fields.getStringSelectValues('template').join()}`,
    )
  }
  return undefined
}

async function withCommands(): Promise<Running> {
  const running = await runClient(handle)
  await running.client.application.commands.set([COMMAND.toJSON()])
  return running
}

describe('commands', () => {
  test('are registered, kept without defaults, and read back with their languages on request', async () => {
    await using running = await withCommands()
    const { discord, client } = running
    expect(discord.commands().map(({ name }) => name)).toEqual(['draft'])
    const short = await client.rest.get(Routes.applicationCommands(discord.botId))
    expect(JSON.stringify(short)).toContain('Make a video together')
    expect(JSON.stringify(short)).not.toContain('함께')
    const full = await client.application.commands.fetch({ withLocalizations: true })
    expect(full.first()?.descriptionLocalizations?.ko).toBe('함께 영상을 만듭니다')
    const topic = discord.commands()[0]?.options?.[0]?.options?.[0]
    expect(topic).toEqual({
      type: 3,
      name: 'topic',
      description: 'What it is about',
      required: true,
      max_length: 200,
    })
    const id = full.first()?.id
    await client.application.commands.create({ name: 'draft', description: 'Another text' })
    expect(discord.commands().map((one) => [one.id, one.description])).toEqual([[id, 'Another text']])
    await client.application.commands.set([{ name: 'local', description: 'Here' }], discord.guild.id)
    expect(discord.commands(discord.guild).map(({ name }) => name)).toEqual(['local'])
    expect(discord.violations).toEqual([])
  })

  test('a person cannot send what their client refuses', async () => {
    await using running = await withCommands()
    const ann = running.discord.user('ann')
    expect(() => ann.command('draft create')).toThrow('needs the option “topic”')
    expect(() => ann.command('draft create', { topic: 'x', format: 'round' })).toThrow(
      'choices are Shorts, Landscape',
    )
    expect(() => ann.command('draft create', { topic: 'x', duration: 601 })).toThrow('at most 600')
    expect(() => ann.command('draft create', { topic: 'x'.repeat(201) })).toThrow('at most 200')
    expect(() => ann.command('draft erase', {})).toThrow('no subcommand')
    expect(() => ann.command('other', {})).toThrow('There is no command /other')
    const stranger = running.discord.user('eve', { permissions: ['SendMessages'] })
    expect(() => stranger.command('draft create', { topic: 'x' })).toThrow('may not use')
  })

  test('autocompletion gives choices', async () => {
    await using running = await withCommands()
    const choices = await running.discord.user('ann').autocomplete('draft show', { draft: 'bees' }).choices()
    expect(choices).toEqual([{ name: 'Draft bees', value: 'draft_bees' }])
  })
})

describe('the life of a message', () => {
  test('deferred, filled with components and a file, a thread started from it, a private followup', async () => {
    await using running = await withCommands()
    const { discord } = running
    const [ann, bob] = [discord.user('ann'), discord.user('bob')]
    const interaction = ann.command('draft create', { topic: 'Bees', format: 'Shorts' })
    const message = await interaction.response()
    expect(plainText(message)).toBe('# Bees\n(clip.mp4)\n[Edit] [More] [Gone ✗]\n<Footage: One | Two>')
    expect(await interaction.latency()).toBeGreaterThanOrEqual(0)
    const thread = await discord.thread()
    expect([thread.name, thread.id]).toEqual(['The draft', message.id])
    const [note] = await interaction.privateMessages()
    expect(note?.content).toBe('Only for you')
    expect(ann.sees().map(({ content }) => content)).toContain('Only for you')
    expect(bob.sees()).toHaveLength(1)

    const [attachment] = message.attachments
    const file = await fetch(attachment?.url ?? '')
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect(await file.text()).toBe('not really a clip')
    expect([...discord.violations, ...running.errors]).toEqual([])
  })

  test('buttons and menus: by label, id, emoji; not when disabled, gone or private to somebody else', async () => {
    await using running = await withCommands()
    const { discord } = running
    const ann = discord.user('ann')
    const bob = discord.user('bob', { locale: 'ko' })
    const message = await ann.command('draft create', { topic: 'Bees' }).response()
    await discord.until(() => discord.threads()[0], 'the thread')
    const answer = await bob.press(message, '➕ More').response()
    expect([answer.content, answer.visibleTo]).toEqual(['You: ko @everyone', bob.id])
    expect(pingsOf(answer)).toEqual([])
    expect(() => ann.press(answer, 'x')).toThrow('does not see')
    expect(() => ann.press(message, 'Gone')).toThrow('disabled')
    expect(() => ann.press(message, 'Render')).toThrow('There is no “Render”')
    expect(() => ann.choose(message, 'Footage', 'Three')).toThrow('not among')
    const updated = await ann.choose(message, 'Footage', 'Two').response()
    expect([updated.id, plainText(updated), updated.edits]).toEqual([message.id, 'Chosen: 2', 2])
    discord.deleteMessage(message)
    expect(() => ann.press(message, 'Edit')).toThrow('was deleted')
    expect(running.errors).toEqual([])
  })

  test('a form keeps what it was opened with, and refuses what the client refuses', async () => {
    await using running = await withCommands()
    const { discord } = running
    const ann = discord.user('ann')
    const message = await ann.command('draft create', { topic: 'Bees' }).response()
    const modal = await ann.press(message, 'edit').modal()
    expect(modal.text).toBe('Segment 1\nNarration: As it was\nKeyword: \nTemplate: Calm')
    expect(() => ann.submit(modal, { Narration: '' })).toThrow('required')
    expect(() => ann.submit(modal, { Narration: 'x' })).toThrow('at least 2')
    expect(() => ann.submit(modal, { text: 'x'.repeat(21) })).toThrow('at most 20')
    expect(() => ann.submit(modal, { Keyword: 'a\nb' })).toThrow('one line')
    expect(() => ann.submit(modal, { Colour: 'red' })).toThrow('has no field Colour')
    expect((await ann.submit(modal).response()).content).toBe('As it was//calm')
    const again = await ann.submit(modal, { text: 'New text', Keyword: 'bee', Template: 'Bold' }).response()
    expect(again.content).toBe('New text/bee/bold')
    await expect(ann.press(message, 'More').modal()).rejects.toThrow('type 4, not with a form: You: en-US')
    expect(discord.violations).toEqual([])
  })

  test('editing: attachments stay, go or come as the body says', async () => {
    await using running = await withCommands()
    const { discord, client } = running
    const channel = await client.channels.fetch(discord.channel.id)
    if (!channel?.isSendable()) throw new Error('The channel is not there.')
    const sent = await channel.send({
      content: 'x',
      files: [{ attachment: Buffer.from('1'), name: 'a b ü.png' }],
    })
    const names = () => discord.messages()[0]?.attachments.map(({ filename }) => filename)
    expect(names()).toEqual(['a_b_.png'])
    await sent.edit('only the text')
    expect(names()).toEqual(['a_b_.png'])
    const first = sent.attachments.first()
    await sent.edit({
      attachments: first ? [first] : [],
      files: [{ attachment: Buffer.from('2'), name: 'c.png' }],
    })
    expect(names()).toEqual(['a_b_.png', 'c.png'])
    await sent.edit({ files: [{ attachment: Buffer.from('3'), name: 'd.png' }] })
    expect(names()).toEqual(['d.png'])
    expect((await fetch(first?.url ?? '')).status).toBe(404)
    await sent.edit({ attachments: [] })
    expect(names()).toEqual([])
  })

  test('direct messages: commands work there, and a closed door is 50007', async () => {
    await using running = await withCommands()
    const { discord, client } = running
    const ann = discord.user('ann')
    const shut = discord.user('shut', { acceptsDirectMessages: false })
    const choices = await ann
      .autocomplete('draft show', { draft: 'd' }, { channel: ann.directMessages() })
      .choices()
    expect(choices).toHaveLength(1)
    await client.users.send(ann.id, 'hello')
    expect(ann.sees(ann.directMessages()).map(({ content }) => content)).toEqual(['hello'])
    await expect(client.users.send(shut.id, 'hello')).rejects.toMatchObject({ code: 50007, status: 403 })
  })
})
