import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { online } from '../../../../../src/bot/surfaces/web/client/state.ts'
import { untilThere } from '../../../../../src/bot/surfaces/web/client/until-there.ts'

beforeEach(() => {
  vi.useFakeTimers()
  online.value = true
  return () => void vi.useRealTimers()
})

/** A request that fails with these statuses, null for no connection, the last one again and again; 200 succeeds. */
function asking(...statuses: (number | null)[]) {
  const get = vi.fn(async () => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0]
    if (status === 200) return 'peaks'
    throw status
  })
  const show = vi.fn()
  const statusOf = (error: unknown) => (typeof error === 'number' ? error : null)
  onTestFinished(untilThere(get, { show, statusOf }))
  return { get, show }
}

const HOUR = 3_600_000

it.each([400, 401, 403, 404, 410, 422])('does not repeat what the server refuses with %i', async (status) => {
  const { get } = asking(status)
  await vi.advanceTimersByTimeAsync(HOUR)
  online.value = false
  online.value = true
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(get).toHaveBeenCalledTimes(1)
})

it.each([408, 429, 500, 503])('asks again after %i, but not for ever', async (status) => {
  const { get, show } = asking(status, status, 200)
  await vi.advanceTimersByTimeAsync(HOUR)
  expect([get.mock.calls.length, show.mock.calls]).toEqual([3, [['peaks']]])
  const hopeless = asking(status)
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(hopeless.get).toHaveBeenCalledTimes(5)
  online.value = false
  online.value = true
  await vi.advanceTimersByTimeAsync(HOUR)
  expect(hopeless.get).toHaveBeenCalledTimes(5)
})

it('asks on without a connection, and at once when the page is back online', async () => {
  const { get, show } = asking(...Array<null>(9).fill(null), 502, 200)
  online.value = false
  // Four waits of 80 seconds in all, then one every minute; a proxy's 502 counts as no connection.
  await vi.advanceTimersByTimeAsync(80_000 + 5 * 60_000)
  expect([get.mock.calls.length, show.mock.calls.length]).toEqual([10, 0])
  online.value = true
  await vi.advanceTimersByTimeAsync(0)
  expect(show.mock.calls).toEqual([['peaks']])
})
