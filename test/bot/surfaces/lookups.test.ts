import { expect, it } from 'vitest'
import { Lookups } from '../../../src/bot/surfaces/lookups.ts'

function lookups(options: { capacity?: number; weigh?: (answer: string) => number } = {}) {
  const asked: string[] = []
  const clock = { now: 0 }
  let answers: (key: string) => Promise<string> = async (key) => `${key} at ${clock.now}`
  const known = new Lookups<string>({
    ask: (key) => {
      asked.push(key)
      return answers(key)
    },
    capacity: 100,
    now: () => clock.now,
    ...options,
  })
  return { known, asked, clock, answer: (how: typeof answers) => (answers = how) }
}

it('asks again when the answer is too old for who asks', async () => {
  const { known, clock } = lookups()
  expect(await known.get('a', 60)).toBe('a at 0')
  clock.now = 50
  expect(await known.get('a', 60)).toBe('a at 0')
  expect(await known.get('a', 10)).toBe('a at 50')
  expect(await known.get('a', 60)).toBe('a at 50')
})

it('asks once for all who want to know at the same time, however long that takes', async () => {
  const { known, asked, clock, answer } = lookups()
  const { promise, resolve } = Promise.withResolvers<string>()
  answer(() => promise)
  const first = known.get('a', 10)
  clock.now = 1000
  const second = known.get('a', 10)
  resolve('late')
  expect(await Promise.all([first, second])).toEqual(['late', 'late'])
  expect(asked).toEqual(['a'])
})

it('remembers no failure', async () => {
  const { known, answer } = lookups()
  answer(async () => {
    throw new Error('away')
  })
  await expect(known.get('a', 60)).rejects.toThrow('away')
  answer(async () => 'back')
  expect(await known.get('a', 60)).toBe('back')
})

it('forgets the oldest when all together are too heavy', async () => {
  const { known, asked } = lookups({ capacity: 10, weigh: () => 4 })
  for (const key of ['a', 'b', 'c', 'b', 'a']) await known.get(key, 60)
  expect(asked).toEqual(['a', 'b', 'c', 'a'])
})

it('refuses more questions than it can get answered', async () => {
  const { known, answer } = lookups()
  answer(() => new Promise(() => {}))
  const outcomes: string[] = []
  for (let index = 0; index < 300; index += 1)
    known.get(`key ${index}`, 60).catch(({ message }: Error) => outcomes.push(message))
  await expect.poll(() => outcomes.length).toBeGreaterThan(50)
  expect(new Set(outcomes)).toEqual(new Set(['too many permission lookups are waiting already']))
})
