import { pino } from 'pino'
import { expect, it } from 'vitest'
import { GoneError } from '../../../src/bot/thread/chat.ts'
import { quietLink } from '../../../src/bot/thread/quiet-link.ts'
import { fakeChat } from '../../fakes/chat.ts'

it('goes on without a link that cannot be had, and says why in the log', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) })
  const spot = { channelId: 'channel', threadId: 'thread' }
  expect(await quietLink({ log }, fakeChat(), spot, '1')).toEqual(expect.any(String))
  expect(lines).toEqual([])
  const link = () => Promise.reject(new GoneError('thread'))
  expect(await quietLink({ log }, { ...fakeChat(), link }, spot, '1')).toBeNull()
  expect(lines).toEqual([expect.stringContaining('The thread is gone.')])
})
