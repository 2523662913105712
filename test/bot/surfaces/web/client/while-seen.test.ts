import { expect, it, onTestFinished, vi } from 'vitest'
import { whileSeen } from '../../../../../src/bot/surfaces/web/client/while-seen.ts'

it('closes a connection after a minute out of sight, and opens it for who comes back', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const page = Object.assign(new EventTarget(), { hidden: false })
  const [open, close] = [vi.fn(), vi.fn()]
  const end = whileSeen(page, { open, close })
  const show = (hidden: boolean) => {
    page.hidden = hidden
    page.dispatchEvent(new Event('visibilitychange'))
  }
  show(true)
  vi.advanceTimersByTime(20_000)
  show(false)
  vi.advanceTimersByTime(100_000)
  expect([open, close].map(({ mock }) => mock.calls.length)).toEqual([0, 0])
  show(true)
  vi.advanceTimersByTime(60_000)
  expect([open, close].map(({ mock }) => mock.calls.length)).toEqual([0, 1])
  show(false)
  expect(open).toHaveBeenCalledTimes(1)
  show(true)
  end()
  vi.advanceTimersByTime(100_000)
  expect(close).toHaveBeenCalledTimes(1)
})
