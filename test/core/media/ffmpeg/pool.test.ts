import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createPool } from '../../../../src/core/media/ffmpeg/pool.ts'

/** Work that ends on demand, and fails when its signal is aborted, as ffmpeg does. */
function work(name: string, log: string[]) {
  const done = Promise.withResolvers<string>()
  const run = (signal: AbortSignal | undefined) => {
    log.push(`${name} begins`)
    signal?.addEventListener('abort', () => done.reject(new Error('killed')), { once: true })
    return done.promise
  }
  return { run, end: () => done.resolve(name) }
}

describe('the places for ffmpeg', () => {
  it('are never more than set, and go to the most urgent first', async () => {
    const pool = createPool(1)
    const log: string[] = []
    const [first, clip, asked, render] = ['first', 'clip', 'asked', 'render'].map((name) => work(name, log))
    const all = [
      pool.run('asked', undefined, (signal) => first?.run(signal) ?? Promise.resolve('')),
      pool.run('background', undefined, (signal) => clip?.run(signal) ?? Promise.resolve('')),
      pool.run('asked', undefined, (signal) => asked?.run(signal) ?? Promise.resolve('')),
      pool.run('render', undefined, (signal) => render?.run(signal) ?? Promise.resolve('')),
    ]
    await setImmediate()
    expect(log).toEqual(['first begins'])
    for (const one of [first, render, asked, clip]) one?.end()
    await Promise.all(all)
    expect(log).toEqual(['first begins', 'render begins', 'asked begins', 'clip begins'])
  })

  it('are shared by turns between those for whom jobs work, however much one of them asks for', async () => {
    const pool = createPool(1)
    const log: string[] = []
    const many = Array.from({ length: 20 }, (_, index) =>
      pool.run('asked', undefined, async () => log.push(`ann ${index}`), 'ann'),
    )
    const few = [1, 2, 3].map(() => pool.run('background', undefined, async () => log.push('ben'), 'ben'))
    const looked = pool.run('asked', undefined, async () => log.push('a picture that somebody waits for'))
    await Promise.all([...many, ...few, looked])
    expect(log.slice(0, 2)).toEqual(['ann 0', 'a picture that somebody waits for'])
    expect(log.slice(0, 8).filter((name) => name === 'ben')).toHaveLength(3)
    expect(log.filter((name) => name.startsWith('ann'))).toEqual(
      Array.from({ length: 20 }, (_, index) => `ann ${index}`),
    )
  })

  it('go to what one person has in the background too while more and more is asked for', async () => {
    const pool = createPool(1)
    const log: string[] = []
    const run = (urgency: 'asked' | 'background', name: string) =>
      pool.run(urgency, undefined, async () => log.push(name), 'ann')
    const asked = Array.from({ length: 40 }, () => run('asked', 'asked'))
    await Promise.all([...asked, run('background', 'clip'), run('background', 'preview')])
    expect(log.indexOf('clip')).toBeLessThan(6)
    expect(log.indexOf('preview')).toBeLessThan(12)
  })

  it('are given up to a render by what runs in the background, which is started again afterwards', async () => {
    const pool = createPool(1)
    const log: string[] = []
    const attempts = [work('clip', log), work('clip again', log)]
    let attempt = 0
    const background = pool.run('background', undefined, (signal) => {
      const next = attempts[attempt]
      attempt += 1
      return next?.run(signal) ?? Promise.reject(new Error('too often'))
    })
    await setImmediate()
    const film = work('film', log)
    const render = pool.run('render', undefined, film.run)
    await setImmediate()
    film.end()
    expect(await render).toBe('film')
    await setImmediate()
    attempts[1]?.end()
    expect(await background).toBe('clip again')
    expect(log).toEqual(['clip begins', 'film begins', 'clip again begins'])
  })

  it('leave the queue at once when cancelled before the start, and keep the place until the work has ended', async () => {
    const pool = createPool(1)
    const log: string[] = []
    const slow = Promise.withResolvers<void>()
    const stop = new AbortController()
    const running = pool.run('asked', stop.signal, () => slow.promise)
    const waiting = pool.run('asked', stop.signal, async () => log.push('waiting begins'))
    const next = pool.run('asked', undefined, async () => log.push('next begins'))
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    await setImmediate()
    expect(log).toEqual([])
    slow.resolve()
    await Promise.all([running, next])
    expect(log).toEqual(['next begins'])
    await expect(pool.run('asked', stop.signal, async () => 1)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
