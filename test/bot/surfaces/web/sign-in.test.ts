import { once } from 'node:events'
import { request } from 'node:http'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EVERYTHING, UNKNOWN } from '../../../../src/bot/handlers/access.ts'
import { handleAction, handleCommand } from '../../../../src/bot/handlers/router.ts'
import { encodeAction } from '../../../../src/bot/view/action-id.ts'
import { endSessions, offerSignIn } from '../../../../src/core/draft/sessions.ts'
import { removeOldRows } from '../../../../src/core/pipeline/cleanup-rows.ts'
import { erasePerson } from '../../../../src/core/records/person/erase.ts'
import { exportPerson, isEmpty } from '../../../../src/core/records/person/export.ts'
import { ANN, BEN, PLACE } from '../../../factories/people.ts'
import { sharedProgram } from '../../../factories/program.ts'
import { studioServer } from '../../../factories/studio-server.ts'
import { buttonsIn, fakeChat, fakeRequest, saidIn } from '../../../fakes/chat.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const lines: string[] = []
let now = Date.now()
const program = sharedProgram({
  clock: () => new Date(now),
  log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
})

/** The status the list of drafts returns for this cookie: 401 asks to sign in. */
async function listed(address: string, cookie: string): Promise<number> {
  return (await fetch(`${address}/`, { headers: { cookie } })).status
}

describe('a link', () => {
  it('is used up by its button alone, once', async () => {
    const { address, link, press } = await studioServer(program())
    const opened = await link()
    for (const method of ['GET', 'HEAD', 'GET']) {
      const page = await fetch(opened, { method })
      expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null])
      expect(page.headers.get('cache-control')).toBe('no-store')
    }
    const signedIn = await press(opened, { origin: address })
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/'])
    const set = signedIn.headers.get('set-cookie') ?? ''
    expect(set.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax'])
    expect(await listed(address, set.split(';')[0] ?? '')).toBe(200)
    const again = await press(opened, { origin: address })
    expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null])
    expect(await again.text()).toContain('It was used already')
  })

  it('is used up by one of two that press it at the same time', async () => {
    const { link, press } = await studioServer(program())
    const opened = await link()
    const answers = await Promise.all([press(opened), press(opened), press(opened)])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403, 403])
  })

  it('works for ten minutes, and its session for twelve hours', async () => {
    const { address, link, press, signIn } = await studioServer(program())
    const old = await link()
    const cookie = await signIn()
    now += 600_000
    expect((await press(old)).status).toBe(403)
    now += 12 * 3_600_000 - 600_001
    expect(await listed(address, cookie)).toBe(200)
    now += 1
    expect(await listed(address, cookie)).toBe(401)
    const em = program().core.db.fork()
    const left = async () =>
      Number((await em.execute('select count(*) as n from sessions where expires_at <= ?', [now]))[0]?.n)
    expect(await left()).toBeGreaterThan(0)
    const { db, events, clock } = program().core
    await removeOldRows({ db, events, now: clock(), ttlDays: 30, dryRun: false })
    expect(await left()).toBe(0)
  })

  it('that is wrong is refused, and too many of them for a minute; a right one works all the same', async () => {
    const { link, press, address } = await studioServer(program())
    const statuses: number[] = []
    for (let count = 0; count < 12; count += 1)
      statuses.push((await press(`${address}/sign-in/${'x'.repeat(count)}`)).status)
    // Without a code the page doesn't exist, and its form is empty.
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429])
    const late = await press(`${address}/sign-in/yyy`, { 'accept-language': 'ko-KR,ko;q=0.9' })
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await late.text()).toContain('1분 뒤에')
    expect((await press(await link())).status).toBe(303)
  })

  it('opens the draft that it was asked for at, with the name and the language of who asked', async () => {
    const { address, rights } = await studioServer(program())
    rights.set(BEN.id, UNKNOWN)
    const draftId = await program().ready()
    const { request, answers } = fakeRequest(fakeChat(), { actor: BEN, locale: 'ko' })
    await handleAction(program().bot, request, encodeAction('studio', draftId))
    const [, link = ''] = /<(http[^>]+)>/.exec(saidIn(answers.privately[0])) ?? []
    expect(link).toMatch(`${address}/sign-in/`)
    expect(saidIn(answers.privately[0])).toContain('WEB_URL')
    const code = link.split('/').at(-1) ?? ''
    const headers = { origin: address, 'user-agent': FIREFOX, 'accept-language': 'en' }
    const body = new URLSearchParams({ code })
    const signedIn = await fetch(`${address}/sign-in`, { method: 'POST', redirect: 'manual', body, headers })
    expect(signedIn.headers.get('location')).toBe(`/draft/${draftId}`)
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    // Nothing here says what Ben may do, and the draft isn't his.
    expect((await fetch(`${address}/api/draft/${draftId}`, { headers: { cookie } })).status).toBe(404)
    rights.set(BEN.id, EVERYTHING)
    const draft = await fetch(`${address}/api/draft/${draftId}`, { headers: { cookie } })
    expect([draft.status, ((await draft.json()) as { status_text: string }).status_text]).toEqual([
      200,
      expect.stringMatching(/[가-힣]/),
    ])
  })

  it('is not given for a draft that somebody may not see, nor where there is no studio', async () => {
    const draftId = await program().ready()
    const said = async (more: Parameters<typeof fakeRequest>[1]) => {
      const { request, answers } = fakeRequest(fakeChat(), more)
      await handleAction(program().bot, request, encodeAction('studio', draftId))
      return answers.privately.map(saidIn).join()
    }
    expect(await said({ workspace: 'test:other' })).toContain('There is no draft')
    const { studio } = program().bot
    const { origin } = studio
    onTestFinished(() => void Object.assign(studio, { origin }))
    studio.origin = null
    expect(await said({})).toBe('The studio is not available. The log of Rushes says why.')
  })
})

describe('a session', () => {
  it('is nobody else’s: cookies that were made up, or of a browser that has signed out, open nothing', async () => {
    const { address, signIn } = await studioServer(program())
    const [one, other] = [await signIn(), await signIn()]
    expect(one).not.toBe(other)
    for (const cookie of ['', 'rushes=', 'rushes=1', `rushes=${'A'.repeat(43)}`, one.toLowerCase()])
      expect([cookie, await listed(address, cookie)]).toEqual([cookie, 401])
    const out = await fetch(`${address}/sign-out`, {
      ...{ method: 'POST', redirect: 'manual', headers: { cookie: one, origin: address } },
    })
    expect([out.status, out.headers.get('location')]).toEqual([303, '/'])
    expect(out.headers.get('set-cookie')).toMatch(/^rushes=; Max-Age=0; Path=\//)
    expect([await listed(address, one), await listed(address, other)]).toEqual([401, 200])
    const home = await fetch(address, { headers: { cookie: one } })
    expect([home.status, await home.text()]).toEqual([401, expect.stringContaining('npm run studio')])
  })

  it('has a cookie that no other host can set where the studio is reached by https', async () => {
    const origin = 'https://rushes.example.com'
    const { press, link } = await studioServer(program(), { origin, isLocal: false })
    const { headers, status } = await press(await link(), { origin })
    expect(status).toBe(303)
    const set = headers.get('set-cookie') ?? ''
    expect(set).toMatch(/^__Host-rushes=[\w-]{43}; /)
    expect(set.split('; ').slice(1).sort()).toEqual([
      ...['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure'],
    ])
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/)
    expect(program().bot.studio).toMatchObject({ origin, isPublic: true, isLocal: false })
  })

  it('is not used by pages of other websites', async () => {
    const { address, signIn, link } = await studioServer(program())
    const cookie = await signIn()
    const { port } = new URL(address)
    const end = async (headers: Record<string, string>) => {
      const sent = { method: 'POST', redirect: 'manual', headers: { cookie, ...headers } } as const
      return (await fetch(`${address}/sign-out`, sent)).status
    }
    const foreign: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${Number(port) + 1}` },
      { origin: `https://127.0.0.1:${port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) expect([headers, await end(headers)]).toEqual([headers, 403])
    // Nor are they silently signed in as someone else.
    const body = new URLSearchParams({ code: (await link()).split('/').at(-1) ?? '' })
    const forced = { method: 'POST', body, headers: { origin: 'http://evil.example' } }
    expect((await fetch(`${address}/sign-in`, forced)).status).toBe(403)
    expect(await listed(address, cookie)).toBe(200)
    expect(await end({ origin: `http://localhost:${port}` })).toBe(303)
  })

  it('is known by its browser, and is ended by the person, or by who looks after the workspace', async () => {
    const { address } = await studioServer(program())
    const signIn = async (actor = ANN) => {
      const code = await offerSignIn(program().core, { actor, home: PLACE, locale: 'en', draftId: null })
      const body = new URLSearchParams({ code })
      const headers = { 'user-agent': FIREFOX }
      const signedIn = await fetch(`${address}/sign-in`, {
        ...{ method: 'POST', redirect: 'manual', body, headers },
      })
      return signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    }
    await endSessions(program().core, { workspace: PLACE.workspace })
    const cookies = [await signIn(), await signIn(), await signIn(BEN)]
    const open = () => Promise.all(cookies.map((cookie) => listed(address, cookie)))
    const rights = (manages: boolean) => ({
      access: { at: async () => ({ ...EVERYTHING, manageWorkspace: manages }) },
    })
    const asks = async (actor = ANN, manages = false) => {
      const { request, answers } = fakeRequest(fakeChat(), { actor, ...rights(manages) })
      await handleCommand(program().bot, request, 'sessions', {})
      return answers.privately[0]
    }
    const press = async (action: string, actor = ANN, manages = false) => {
      const { request, answers } = fakeRequest(fakeChat(), { actor, ...rights(manages) })
      await handleAction(program().bot, request, action)
      return saidIn(answers.privately[0])
    }
    const [anns, bens] = [await asks(), await asks(BEN)]
    expect(saidIn(anns).match(/Firefox, Windows/g)).toHaveLength(2)
    expect(Object.keys(buttonsIn(anns))).toEqual(['Sign out 1', 'Sign out 2', 'Sign out everywhere'])
    expect(Object.keys(buttonsIn(bens))).toEqual(['Sign out 1'])
    // Ann can't use Ben's button.
    await press(buttonsIn(bens)['Sign out 1'] ?? '')
    expect(await open()).toEqual([200, 200, 200])
    await press(buttonsIn(anns)['Sign out 1'] ?? '')
    expect(await open()).toEqual([200, 401, 200])
    await press(encodeAction('sessions_end'))
    expect(await open()).toEqual([401, 401, 200])
    expect(await press(encodeAction('sessions_end_all'))).toContain('Only people who manage')
    expect(await open()).toEqual([401, 401, 200])
    expect(Object.keys(buttonsIn(await asks(ANN, true)))).toEqual(['Sign everyone out'])
    expect(await press(encodeAction('sessions_end_all'), ANN, true)).toContain('1 browser')
    expect(await open()).toEqual([401, 401, 401])
  })

  it('leaves nothing in the log or the database with which somebody could sign in', async () => {
    const { link, press, address } = await studioServer(program())
    const opened = await link()
    const signedIn = await press(opened)
    const [, secret = ''] = signedIn.headers.get('set-cookie')?.split(/[=;]/) ?? []
    const code = opened.split('/').at(-1) ?? ''
    await press(opened)
    await fetch(`${address}/sign-in/${code}/more`, { method: 'PUT', headers: { cookie: `rushes=${secret}` } })
    const { request } = fakeRequest(fakeChat(), {})
    await handleAction(program().bot, request, encodeAction('studio', await program().ready()))
    expect(secret).toHaveLength(43)
    const em = program().core.db.fork()
    const rows = JSON.stringify([
      await em.execute('select * from sign_in_links'),
      await em.execute('select * from sessions'),
    ])
    expect(rows).toContain('"secret_hash"')
    for (const all of [rows, lines.join('')])
      for (const hidden of [code, secret]) expect(all.includes(hidden)).toBe(false)
    expect(lines.join('')).not.toContain('/sign-in/')
  })
})

describe('what is kept of somebody who signs in', () => {
  it('is exported without what signs in, and to erase them signs them out', async () => {
    const { address, signInAs } = await studioServer(program())
    const zoe = { id: 'zoe', name: 'Zoe' }
    const cookie = await signInAs(zoe)
    await offerSignIn(program().core, { actor: zoe, home: PLACE, locale: 'en', draftId: null })
    const person = { surface: PLACE.surface, team: null, id: zoe.id }
    const { elsewhere } = await exportPerson(program().core.db, program().core.store, person, new Date(now))
    expect(Object.keys(elsewhere).sort()).toEqual(['sessions', 'sign_in_links'])
    expect(JSON.stringify(elsewhere)).not.toMatch(/hash/)
    await erasePerson(program().core, person)
    expect(await listed(address, cookie)).toBe(401)
    expect(isEmpty(await exportPerson(program().core.db, program().core.store, person, new Date(now)))).toBe(
      true,
    )
  })
})

describe('the local address', () => {
  it('answers to the names of this machine only', async () => {
    const { address } = await studioServer(program())
    const { port } = new URL(address)
    const asked = async (host: string) => {
      const [answer] = await once(request(`${address}/`, { headers: { host } }).end(), 'response')
      answer.resume()
      return answer.statusCode
    }
    for (const name of ['127.0.0.1', 'localhost', '[::1]'])
      expect([name, await asked(`${name}:${port}`)]).toEqual([name, 401])
    for (const name of ['evil.example', '127.0.0.1.evil.example', 'localhost.'])
      expect([name, await asked(`${name}:${port}`)]).toEqual([name, 421])
    expect(await asked('127.0.0.1')).toBe(421)
  })
})
