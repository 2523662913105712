import { describe, expect, it } from 'vitest'
import { CLEANUP_JOB } from '../../../../src/core/draft/space.ts'
import { tokenSent } from '../../../../src/core/draft/tokens.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { slackBot } from '../../../factories/slack.ts'

describe('/draft in Slack', () => {
  it('acknowledges at once and opens the form when nothing is said', async () => {
    const { slack, settle } = await slackBot({ segments: 1 })
    const ann = slack.user('ann', { locale: 'ko-KR' })
    for (const line of ['/draft', '/draft create']) {
      const interaction = ann.command(line)
      const form = await interaction.view()
      expect(form.payload.title.text).toBe('새 초안')
      expect((await interaction.acknowledged()).body).toEqual({})
    }
    const form = await ann.command('/draft').view()
    await ann.submit(form, { topic: '아침의 차', format: 'square', duration: '20초' }).acknowledged()
    expect(form.open).toBe(false)
    const top = await slack.until(() => slack.messages()[0])
    const draftId = await slack.until(() => /draft_[\w]+/.exec(JSON.stringify(top.blocks))?.[0])
    await settle(draftId)
    expect(slack.thread(top)).toHaveLength(2)
    expect(slack.problems).toEqual([])
  })

  it('shows errors under the fields, and typed words stay', async () => {
    const { slack } = await slackBot({ segments: 1 })
    const ann = slack.user('ann')
    const form = await ann.command('/draft').view()
    const errors = await ann.submit(form, { topic: 'Tea', duration: 'long' }).errors()
    expect(errors).toEqual({ duration: expect.stringContaining('from 5 seconds to 10 minutes') })
    expect(form.open).toBe(true)
    expect(form.values.topic?.value?.value).toBe('Tea')
    await ann.submit(form, { duration: '9999' }).errors()
    await ann.submit(form, { duration: '30' }).acknowledged()
    await slack.until(() => slack.messages().length === 1)
    expect(slack.problems).toEqual([])
  })

  it('says in private what is allowed', async () => {
    const { slack, program } = await slackBot()
    const ann = slack.user('ann')
    const answer = async (line: string) => slack.shown(await ann.command(line).reply())
    expect(await answer('/draft create tea formt:shorts')).toContain('format:')
    expect(await answer('/draft create tea format:vertical')).toContain('shorts, landscape, square')
    expect(await answer('/draft brew tea')).toContain('create, list, show')
    expect(await answer('/draft ?!')).toContain('create, list, show')
    expect(await answer('/draft show nothing like this')).toContain(
      'There is no draft “nothing like this” here.',
    )
    expect(await answer('/draft show')).toContain('title or ID')
    expect(await answer('/draft list')).toContain('no drafts yet')
    expect(await answer('/draft jobs')).toContain('Nothing has been rendered')
    await program.queue.enqueue(CLEANUP_JOB)
    await program.queue.idle()
    const help = await answer('/draft help')
    expect(help).toContain('/draft create topic')
    expect(help).not.toContain('Last cleanup')
    const admin = slack.user('eve', { isAdmin: true })
    expect(slack.shown(await admin.command('/draft help').reply())).toMatch(/Last cleanup: .* MB freed/)
    expect(slack.messages()).toEqual([])
    expect(slack.problems).toEqual([])
  })

  it('finds drafts by words, person and status, and starts the topic that was typed instead of a command', async () => {
    const { slack, create, settle } = await slackBot({ segments: 1 })
    const { draftId } = await create()
    const ann = slack.user('ann')
    const shown = async (line: string) => slack.shown(await ann.command(line).reply())
    for (const who of ['@ann', `<@${ann.id}|ann>`])
      expect(await shown(`/draft list ${who} ready tea`)).toContain(draftId)
    expect(await shown('/draft list @ann finished')).toContain('No drafts match by')
    expect(await shown('/draft list @nobody')).toContain('No one called “nobody”')
    const missed = await ann.command('/draft show whales').reply()
    ann.press(missed, 'List of drafts')
    await slack.until(() => slack.shown(missed).includes('1 draft'))

    const offer = await ann.command('/draft make a video about bees format:square').reply()
    expect(slack.shown(offer)).toContain('Start a draft about “bees”?')
    ann.press(offer, 'Start')
    const top = await slack.until(() => slack.messages()[1], 'the new draft')
    const begun = await slack.until(() => /draft_[\w]+/.exec(JSON.stringify(top.blocks))?.[0])
    await settle(begun)
    expect(slack.shown(top)).toContain('bees')
    expect(slack.problems).toEqual([])
  })

  it('lists, shows, tells the history of and deletes a draft, named by id or by words of its title', async () => {
    const { slack, create } = await slackBot({ segments: 1 })
    const { draftId, top } = await create()
    const ann = slack.user('ann')
    const list = await ann.command('/draft list').reply()
    expect(slack.shown(list)).toContain(draftId)
    expect(slack.links(list)[0]?.url).toContain(top.ts.replace('.', ''))
    expect(slack.shown(await ann.command(`/draft show ${draftId}`).reply())).toContain("Here's the draft:")
    expect(slack.shown(await ann.command('/draft history tea').reply())).toContain('wrote the script')
    const question = await ann.command('/draft delete tea in the').reply()
    expect(slack.shown(question)).toContain('[Delete for good]')
    ann.press(question, 'Delete for good')
    await slack.until(() => slack.thread(top).length === 0)
    await slack.until(() => slack.shown(question).includes('Draft deleted.'))
    expect(slack.shown(question)).not.toContain('[Delete for good]')
    expect(slack.problems).toEqual([])
  })

  it('reads curly quotes, Korean and entities, and asks which of several drafts is meant', async () => {
    const { slack, create, program } = await slackBot({ segments: 1 })
    const first = await create('create “Tea &amp; scones” format:shorts style:‘slow and calm’')
    const draft = await program.core.db.fork().findOneOrFail(DraftEntity, { draftId: first.draftId })
    expect(draft).toMatchObject({ topic: 'Tea & scones', style: 'slow and calm' })
    await create('create “Tea &amp; scones”')
    const answer = slack.shown(await slack.user('ann').command('/draft show scones').reply())
    expect(answer).toContain('Several drafts match')
    expect(answer).toContain(first.draftId)
  })
})

it('writes the names of people whom a command mentions', async () => {
  const { slack, program } = await slackBot({ works: false })
  const ben = slack.user('ben')
  slack.user('ann').command(`/draft create A film about <@${ben.id}> and <@${ben.id}|benny>`)
  await slack.until(() => slack.messages().length === 1)
  const job = await program.core.db.fork().findOneOrFail(JobEntity, { kind: 'create' })
  expect(job.payload).toMatchObject({ request: { topic: 'A film about @ben and @benny' } })
})

describe('“Make a draft from this”', () => {
  it.each([
    ['Tea &amp; <https://a.b|scones> with ben', 'topic', 'Tea & scones with @ben'],
    [`First line.\nSecond line. ${'And more. '.repeat(40)}`, 'script', 'First line.\nSecond line.'],
  ])('fills in the form with a message (%#)', async (text, field, expected) => {
    const { slack } = await slackBot()
    const ann = slack.user('ann')
    const form = await ann
      .shortcut('draft_from_message', ann.say(text.replace('ben', `<@${slack.user('ben').id}>`)))
      .view()
    expect(form.values[field]?.value?.value).toContain(expected)
    expect(slack.problems).toEqual([])
  })

  it('has names instead of ids, of what the person may see, and no markup', async () => {
    const { slack } = await slackBot()
    const ann = slack.user('ann')
    const [general] = slack.world.channels.values()
    const text =
      `:tada: We launch *today* :rocket: and _everyone_ is invited :+1::skin-tone-4:\nAsk <@${slack.user('ben').id}> in <#${general?.id}|>,` +
      ' <#C0UNKNOWN|>, <!subteam^S012AB> <!here> or <!subteam^S012AB|@bees> on <!date^1618953630^{date}|April 20th> &amp; later'
    const form = await ann.shortcut('draft_from_message', ann.say(text)).view()
    expect(form.values.script?.value?.value).toBe(
      `We launch today and everyone is invited\nAsk @ben in #${general?.name}, or @bees on April 20th & later`,
    )
  })

  it('keeps a script that is longer than a field of Slack', async () => {
    const { slack, program } = await slackBot({ works: false })
    const ann = slack.user('ann')
    const script = 'A sentence about tea in the morning. '.repeat(150).trim()
    const form = await ann.shortcut('draft_from_message', ann.say(script)).view()
    expect(slack.shown(form)).toContain('Your own script (2/2)')
    await ann.submit(form).acknowledged()
    await slack.until(() => slack.messages().length === 2)
    const job = await program.core.db.fork().findOneOrFail(JobEntity, { kind: 'create' })
    expect(job.payload).toMatchObject({ request: { script } })
  })
})

it('/draft token makes and revokes tokens for admins of the workspace, who alone see them', async () => {
  const { slack, program } = await slackBot({ works: false })
  const admin = slack.user('eve', { isAdmin: true })
  const ask = async (person: typeof admin, line: string) => slack.shown(await person.command(line).reply())
  const make = '/draft token create name:CI scope:write'
  expect(await ask(slack.user('ann'), make)).toContain('Only people who manage this workspace')
  expect(await ask(admin, '/draft token')).toContain('There are no API tokens yet.')
  const sent = /rushes_[0-9a-f]{64}/.exec(await ask(admin, make))?.[0] ?? ''
  const { core } = program
  expect(await tokenSent(core, sent)).toMatchObject({
    ...{ surface: 'slack', name: 'CI', scopes: ['read', 'write'], personId: admin.id },
    channelId: [...slack.world.channels.keys()][0],
  })
  expect(await ask(admin, '/draft token create Nightly build')).toContain('“Nightly build” (read)')
  const listed = await ask(admin, '/draft token list')
  for (const part of ['CI', 'read, write · acts as', 'Nightly build', 'never used'])
    expect(listed).toContain(part)
  expect(listed).not.toContain(sent.slice(7))
  expect(await ask(admin, '/draft token revoke CI')).toContain('The token “CI” no longer works.')
  expect(await tokenSent(core, sent)).toBeNull()
  // Secrets were not posted in any channel.
  expect(JSON.stringify(slack.messages())).not.toContain(sent)
  expect(slack.problems).toEqual([])
})
