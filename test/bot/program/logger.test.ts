import { expect, it } from 'vitest'
import { createLogger } from '../../../src/bot/program/logger.ts'
import { ProviderError } from '../../../src/core/model/errors.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { discordBot } from '../../factories/discord.ts'

function logger() {
  const lines: string[] = []
  return { log: createLogger({ LOG_LEVEL: 'info' }, { write: (line) => void lines.push(line) }), lines }
}

it('shows errors and their causes without what clients hang on them, and no key', () => {
  const { log, lines } = logger()
  const cause = Object.assign(new Error('Invalid Form Body'), {
    code: 50_035,
    status: 400,
    requestBody: { json: { content: 'Bees are secret.' } },
    headers: { authorization: 'Bearer sk-1' },
  })
  log.warn({ err: new Error('It was refused.', { cause }) }, 'a thread could not be updated')
  log.info({ token: 'sk-2', service: { apiKey: 'sk-3', request: { authorization: 'sk-4' } } }, 'asked')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: {
      type: 'Error',
      message: 'It was refused.',
      stack: expect.stringContaining('logger.test.ts'),
      cause: { message: 'Invalid Form Body', code: 50_035, status: 400 },
    },
  })
  expect(lines.join('')).not.toMatch(/secret|sk-\d/)
})

it('says at level info what was done and how long it took, in no words of people', async () => {
  const { log, lines } = logger()
  const bot = await discordBot({ program: { log } })
  const { discord, ann, program } = bot
  const draft = await bot.create()
  program.fakes.onVoice = async () => {
    throw new ProviderError('fake-voice', 'unavailable', 'It is away.')
  }
  // Discord's rejections contain the text it was sent.
  discord.fault({
    method: 'PATCH',
    route: '/channels/{channel_id}/messages/{message_id}',
    status: 400,
    times: 3,
  })
  const modal = await ann.press(draft.segment(1), 'Edit').modal()
  await ann.submit(modal, { Narration: 'Unheard of words.' }).acknowledged()
  const isSaved = () => program.core.db.fork().count(SegmentEntity, { text: 'Unheard of words.' })
  await discord.until(isSaved, 'the words')
  await bot.settle(draft.draftId)
  await ann.command('draft show', { draft: draft.draftId }).response()
  const said = lines.map((line): Record<string, unknown> => JSON.parse(line))
  const { draftId } = draft
  const timed = { ms: expect.any(Number) }
  expect(said).toContainEqual(
    expect.objectContaining({
      msg: 'interaction handled',
      surface: 'discord',
      act: 'edit',
      draft: draftId,
      ...timed,
    }),
  )
  expect(said).toContainEqual(
    expect.objectContaining({
      msg: 'job done',
      kind: 'collect',
      job: expect.any(String),
      draft: draftId,
      ...timed,
    }),
  )
  expect(said.map(({ msg }) => msg)).toContain('voice failed')
  expect(said.map(({ msg }) => msg)).toContain('a thread could not be updated')
  expect(lines.join('')).not.toMatch(/unheard|one two three|four five six/i)
  expect(lines.join('')).not.toContain(discord.token)
})
