import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { LocalTurns } from '../../../src/core/model/turns.ts'

it('has work of one key done in turn, whatever becomes of it, and that of others meanwhile', async () => {
  const turns = new LocalTurns()
  const order: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = turns.take('a', async () => {
    order.push('a begins')
    await gate.promise
    order.push('a fails')
    throw new Error('of its own')
  })
  const second = turns.take('a', async () => order.push('a again'))
  await turns.take('b', async () => order.push('b'))
  await setImmediate()
  expect(order).toEqual(['a begins', 'b'])
  gate.resolve()
  await expect(first).rejects.toThrow('of its own')
  await second
  expect(order).toEqual(['a begins', 'b', 'a fails', 'a again'])
})
