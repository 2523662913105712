import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { openHttp } from '../../../../src/bot/surfaces/web/http.ts'
import { problemOf } from '../../../../src/bot/surfaces/web/problems.ts'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { UserError } from '../../../../src/core/model/errors.ts'
import { utcMinute } from '../../../../src/core/model/moment.ts'

it('takes a whole address for its path and its host, and nothing else that is no path', async () => {
  const http = await openHttp({ host: '127.0.0.1', port: 0 }, (error) => {
    throw error
  })
  onTestFinished(() => http.close())
  http.mount('/api', ({ url, headers, rawHeaders }, response) => {
    response.end(`${url} ${headers.host} ${rawHeaders[rawHeaders.indexOf('Host') + 1]}`)
  })
  const ask = async (line: string) => {
    const socket = connect(http.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.end(`${line} HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n`)
    const answer = await text(socket)
    return [Number(answer.split(' ')[1]), answer.split('\r\n\r\n')[1]]
  }
  expect(await ask('GET /api/docs?a=1')).toEqual([200, expect.stringContaining('/api/docs?a=1 other other')])
  expect(await ask('GET http://127.0.0.1:3000/api/docs?a=1')).toEqual([
    200,
    expect.stringContaining('/api/docs?a=1 127.0.0.1:3000 127.0.0.1:3000'),
  ])
  expect((await ask('GET HTTP://evil.example/api'))[1]).toContain('/api evil.example evil.example')
  expect((await ask('GET http://127.0.0.1:3000'))[0]).toBe(503)
  expect((await ask('OPTIONS *'))[0]).toBe(400)
  expect((await ask('GET ftp://127.0.0.1/api'))[0]).toBe(400)
  expect((await ask('GET http://a@127.0.0.1/api'))[0]).toBe(400)
})

it('says of every limit when to ask again', () => {
  const words = wordsFor('en')
  const soon = utcMinute(Date.now() + 600_000)
  const limit = problemOf(new UserError('limit_renders', { max: 1, whose: 'person', again: soon }), words)
  expect(limit).toMatchObject({ status: 429 })
  expect(limit?.retry_after).toBeGreaterThan(590)
  expect(limit?.retry_after).toBeLessThanOrEqual(660)
  for (const error of [
    new UserError('limit_open_drafts', { max: 1, whose: 'person' }),
    new UserError('budget_spent', { usd: 1, whose: 'bot', again: null }),
    new UserError('budget_spent', { usd: 1, whose: 'bot', again: utcMinute(0) }),
  ])
    expect(problemOf(error, words)).toMatchObject({ status: 429, retry_after: 60 })
})
