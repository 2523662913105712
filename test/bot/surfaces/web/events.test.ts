import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ReadableStream as Body } from 'node:stream/web'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { EVERYTHING, NOTHING } from '../../../../src/bot/handlers/access.ts'
import type { DraftJson } from '../../../../src/bot/surfaces/web/draft-json.ts'
import { draftOf } from '../../../../src/bot/surfaces/web/draft-of.ts'
import { EventHub, type HubTimes } from '../../../../src/bot/surfaces/web/events/hub.ts'
import type { DraftChange } from '../../../../src/bot/surfaces/web/events/snapshot.ts'
import { WebError } from '../../../../src/bot/surfaces/web/problems.ts'
import { SCOPES, type Who } from '../../../../src/bot/surfaces/web/who.ts'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { moveSegment } from '../../../../src/core/draft/arrange.ts'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { deleteDraft } from '../../../../src/core/draft/remove.ts'
import { endSessions } from '../../../../src/core/draft/sessions.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { type EventClient, follow } from '../../../factories/event-client.ts'
import { ANN, BEN, PLACE } from '../../../factories/people.ts'
import { scope, sharedProgram } from '../../../factories/program.ts'
import { studioServer } from '../../../factories/studio-server.ts'

const program = sharedProgram()

async function clients(times: Partial<HubTimes> = {}) {
  const studio = await studioServer(program(), { times: { look: 20, ...times } })
  return {
    ...studio,
    async open(path: string, cookie: string, headers: Record<string, string> = {}): Promise<EventClient> {
      const client = await follow(`${studio.address}${path}`, { cookie, ...headers })
      onTestFinished(() => client.close())
      return client
    },
  }
}

const events = (draftId: string) => `/api/draft/${draftId}/events`

async function retext(draftId: string, index: number, text: string, actor = BEN) {
  const segment = (await program().load(draftId)).segments[index]
  if (!segment) throw new Error(`There is no segment ${index}.`)
  await editSegment(program().core, scope(draftId, actor), {
    segmentId: segment.id,
    seenVersion: segment.version,
    change: { text },
  })
  return segment.id
}

/** The first event of a client with the later changes applied, as a page does. */
function putTogether(client: EventClient): DraftJson {
  const [first, ...later] = client.events.filter(({ name }) => name === 'draft' || name === 'change')
  let draft = first?.data as DraftJson
  for (const { name, data } of later) {
    if (name === 'draft') {
      draft = data as DraftJson
      continue
    }
    const change = data as DraftChange
    const known = new Map([...draft.segments, ...(change.segments ?? [])].map((one) => [one.segment_id, one]))
    const order = change.order ?? draft.segments.map(({ segment_id }) => segment_id)
    draft = { ...draft, ...change.draft, segments: order.flatMap((id) => known.get(id) ?? []) }
  }
  return draft
}

describe('the events of a draft', () => {
  it('tell all of it first, and then what is different, in the order in which it is put together', async () => {
    const { open, signInAs, address } = await clients()
    const cookie = await signInAs(ANN)
    const draftId = await program().ready()
    const json = async () => {
      const answer = await fetch(`${address}/api/draft/${draftId}`, { headers: { cookie } })
      return (await answer.json()) as DraftJson
    }
    const client = await open(events(draftId), cookie)
    expect(client.headers.get('content-type')).toContain('text/event-stream')
    expect(client.headers.get('x-accel-buffering')).toBe('no')
    expect((await client.next('draft')).data).toEqual(await json())
    const id = await retext(draftId, 1, 'Bees dance in the dark of the hive.')
    const change = (await client.next('change')).data as DraftChange
    expect(change.segments?.map(({ segment_id, text }) => [segment_id, text])).toEqual([
      [id, 'Bees dance in the dark of the hive.'],
    ])
    expect([change.order, change.draft?.can_undo]).toEqual([undefined, true])
    await program().queue.idle(draftId)
    await moveSegment(program().core, scope(draftId), id, 'up')
    await program().queue.idle(draftId)
    const [last] = (await json()).segments
    await expect.poll(() => putTogether(client).segments[0], { timeout: 10_000 }).toEqual(last)
    await expect.poll(() => putTogether(client), { timeout: 10_000 }).toEqual(await json())
    expect(new Set(client.events.filter(({ id }) => id !== '').map(({ id }) => id)).size).toBeGreaterThan(2)
  })

  it('go on after a broken connection with what is different since, or with all of it', async () => {
    const { open, signInAs } = await clients()
    const cookie = await signInAs(ANN)
    const draftId = await program().ready()
    const first = await open(events(draftId), cookie)
    const { id } = await first.next('draft')
    first.close()
    await first.ended
    await retext(draftId, 0, 'Tea is a drink of leaves.')
    await program().queue.idle(draftId)
    const again = await open(events(draftId), cookie, { 'last-event-id': id })
    const change = (await again.next('change')).data as DraftChange
    expect(change.segments?.map(({ text }) => text)).toEqual(['Tea is a drink of leaves.'])
    expect(again.events.some(({ name }) => name === 'draft')).toBe(false)
    for (const unknown of ['', 'nothing-1', `${id}9`, 'x'.repeat(2000)]) {
      const other = await open(events(draftId), cookie, { 'last-event-id': unknown })
      expect(await other.next('draft')).toMatchObject({ data: { draft_id: draftId } })
      other.close()
    }
  })

  it('say in each reader’s language who is there, each person once', async () => {
    const { open, signInAs } = await clients()
    const [ann, ben] = [await signInAs(ANN), await signInAs(BEN, 'ko')]
    const draftId = await program().ready()
    const here = (client: EventClient) => client.events.findLast(({ name }) => name === 'here')?.data
    const english = await open(events(draftId), ann)
    const tab = await open(events(draftId), ann)
    const korean = await open(events(draftId), ben)
    await expect.poll(() => [english, tab, korean].map(here)).toEqual(Array(3).fill(['Ann', 'Ben']))
    const texts = [await english.next('draft'), await korean.next('draft')].map(
      ({ data }) => (data as DraftJson).status_text,
    )
    expect(texts).toEqual([expect.stringMatching(/^[A-Z]/), expect.stringMatching(/[가-힣]/)])
    tab.close()
    korean.close()
    await expect.poll(() => here(english)).toEqual(['Ann'])
    english.close()
    await expect.poll(() => program().bot.presence.here(draftId)).toEqual([])
  })

  it('are for those who may see the draft, and who are signed in', async () => {
    const { open, signInAs, rights, address } = await clients()
    const draftId = await program().ready()
    const ann = await signInAs(ANN)
    expect((await open(events(draftId), '')).status).toBe(401)
    const ben = await signInAs(BEN)
    expect((await open(events('draft_20200101_000000_none'), ben)).status).toBe(404)
    rights.set(BEN.id, NOTHING)
    expect((await open(events(draftId), ben)).status).toBe(404)
    expect((await open('/api/events', '')).status).toBe(401)
    // A HEAD request gets no events and takes no slot.
    const head = await fetch(`${address}${events(draftId)}`, { method: 'HEAD', headers: { cookie: ann } })
    expect([head.status, head.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('event-stream'),
    ])
    expect(await program().bot.presence.here(draftId)).toEqual([])
  })

  it('end for who has left, is signed out, or whose draft is gone', async () => {
    const { open, signInAs, rights } = await clients({ ask: 40, doubt: 20 })
    const [ann, ben] = [await signInAs(ANN), await signInAs(BEN)]
    const draftId = await program().ready()
    const [annAt, benAt] = [await open(events(draftId), ann), await open(events(draftId), ben)]
    await benAt.next('draft')
    rights.set(BEN.id, { ...EVERYTHING, write: false })
    const less = (await benAt.next('draft')).data as DraftJson
    expect(less.rights).toEqual({ write: false, render: false, delete: true })
    rights.set(BEN.id, NOTHING)
    await benAt.next('gone')
    await benAt.ended
    await expect.poll(() => annAt.events.at(-1)).toMatchObject({ name: 'here', data: ['Ann'] })
    await endSessions(program().core, { workspace: PLACE.workspace, personId: ANN.id })
    await annAt.next('gone')
    const later = await open(events(draftId), await signInAs(ANN))
    await later.next('draft')
    await deleteDraft(program().core, scope(draftId))
    await later.next('gone')
    await later.ended
  })

  it('are a limited number at a time, and are ended when the program stops, which waits for what is in progress', async () => {
    const { open, signInAs, surface, address } = await clients()
    const cookie = await signInAs(ANN)
    const draftId = await program().ready()
    const some: EventClient[] = []
    for (let count = 0; count < 12; count += 1) some.push(await open(events(draftId), cookie))
    expect(some.map(({ status }) => status)).toEqual(Array(12).fill(200))
    const refused = await open(events(draftId), cookie)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    expect((await open('/api/events', cookie)).status).toBe(429)
    some.pop()?.close()
    await expect.poll(async () => (await open('/api/events', cookie)).status).toBe(200)
    // A request whose body is still being sent is finished.
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const body = { method: 'POST', body: readable, duplex: 'half', redirect: 'manual' } as const
    const signing = fetch(`${address}/sign-in`, body)
    await writer.write(new TextEncoder().encode('code='))
    await expect.poll(async () => (await fetch(`${address}/sign-in/x`)).status).toBe(200)
    const stopped = surface.refuse()
    await Promise.all(some.map(({ ended }) => ended))
    await writer.close()
    expect((await signing).status).toBe(403)
    await stopped
    await expect(fetch(address)).rejects.toThrow()
  })
})

describe('the events of the list', () => {
  it('say which drafts have changed of those that may be seen, and who is in them', async () => {
    // If this test comes first, the draft that is the model of all others is made now, so that the list says nothing of it.
    await program().ready()
    const { open, signInAs, rights } = await clients({ ask: 1 })
    const [ann, ben] = [await signInAs(ANN), await signInAs(BEN)]
    const [annAt, benAt] = [await open('/api/events', ann), await open('/api/events', ben)]
    const draftId = await program().ready()
    expect((await benAt.next('changed')).data).toEqual({ draft_ids: [draftId] })
    rights.set(BEN.id, NOTHING)
    const page = await open(events(draftId), ann)
    await expect
      .poll(() => annAt.events.findLast(({ name }) => name === 'here')?.data)
      .toEqual({ [draftId]: ['Ann'] })
    page.close()
    await expect.poll(() => annAt.events.findLast(({ name }) => name === 'here')?.data).toEqual({})
    await retext(draftId, 0, 'Nothing for Ben.')
    await program().queue.idle(draftId)
    await deleteDraft(program().core, scope(draftId))
    // A shorter list doesn't reveal what was removed from it.
    await expect.poll(() => annAt.events.at(-1)?.data).toEqual({ draft_ids: [] })
    expect(benAt.events.filter(({ name }) => name === 'here')).toEqual([])
    expect(JSON.stringify(benAt.events.slice(1))).not.toContain(draftId)
  })
})

describe('the hub', () => {
  const who = (id = 'session:1', locale = 'en'): Who => ({
    ...{ id, actor: ANN, locale, words: wordsFor(locale), access: { at: async () => EVERYTHING } },
    ...{ surface: PLACE.surface, workspace: PLACE.workspace, home: PLACE, scopes: new Set(SCOPES) },
  })

  /** A hub that counts how often a draft was built for its readers. */
  function counting(times: Partial<HubTimes> = {}) {
    const { bot } = program()
    const made: string[] = []
    const hub = new EventHub(
      bot,
      (reader, draftId) => {
        made.push(reader.locale)
        return draftOf(bot, reader, draftId)
      },
      times,
    )
    onTestFinished(() => hub.close())
    const join = async (draftId: string, reader = who()) => {
      const connection = new PassThrough()
      const listener = { who: reader, ask: async () => reader, connection }
      const stream = (await hub.follow(listener, draftId, null)).getReader()
      const read = async () => new TextDecoder().decode((await stream.read()).value)
      return { connection, read, stream }
    }
    return { hub, made, join }
  }

  it('takes a token that was revoked for nobody', async () => {
    const { hub } = counting({ look: 10, ask: 10 })
    const warned = vi.spyOn(program().bot.log, 'warn')
    onTestFinished(() => warned.mockRestore())
    let isRevoked = false
    const listener = (connection: PassThrough) => ({
      ...{ who: who('token:1'), connection },
      ask: async () => {
        if (isRevoked) throw new WebError(401, 'token_ended', 'It was revoked.')
        return who('token:1')
      },
    })
    const open = [
      await hub.follow(listener(new PassThrough()), await program().ready(), null),
      await hub.followList(listener(new PassThrough())),
    ]
    isRevoked = true
    for (const stream of open) expect(await text(stream as Body)).toMatch(/event: gone\ndata: {}\n\n$/)
    expect(warned).not.toHaveBeenCalled()
  })

  /** The events of a list, one by one; every permission is asked of `access`. */
  async function list(hub: EventHub, access: Who['access'], workspace = PLACE.workspace) {
    const reader = { ...who(), access, workspace }
    const listener = { who: reader, ask: async () => reader, connection: new PassThrough() }
    const told: string[] = []
    const stream = (await hub.followList(listener)).getReader()
    void (async () => {
      for (let next = await stream.read(); !next.done; next = await stream.read())
        told.push(new TextDecoder().decode(next.value))
    })()
    return told
  }

  it('tells lists of other workspaces nothing of a draft that is gone', async () => {
    const { hub } = counting()
    const draftId = await program().ready()
    const all = { at: async () => EVERYTHING }
    const [here, elsewhere] = [await list(hub, all), await list(hub, all, 'test:2')]
    await deleteDraft(program().core, scope(draftId))
    await expect.poll(() => here.join('')).toContain('{"draft_ids":[]}')
    expect(elsewhere.join('')).not.toContain('changed')
  })

  it('forgets in lists who has left meanwhile, and who is in what may no longer be seen', async () => {
    const { hub } = counting({ look: 10, ask: 10 })
    const draftId = await program().ready()
    let rights = EVERYTHING
    let gate: Promise<unknown> = Promise.resolve()
    const told = await list(hub, { at: () => gate.then(() => rights) })
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const enter = () => program().bot.presence.enter(draftId, BEN)
    const leave = enter()
    leave()
    await expect.poll(() => program().bot.presence.here(draftId)).toEqual([])
    resolve()
    const other = await program().ready()
    const stays = program().bot.presence.enter(other, BEN)
    onTestFinished(stays)
    const last = () => told.findLast((each) => each.includes('event: here')) ?? ''
    await expect.poll(last).toContain(`{"${other}":["Ben"]}`)
    expect(told.filter((each) => each.includes('event: here')).join('')).not.toContain(draftId)
    rights = NOTHING
    await expect.poll(last).toContain('data: {}')
    // A denial isn't cached for long.
    rights = EVERYTHING
    await expect.poll(last).toContain(`{"${other}":["Ben"]}`)
  })

  it('makes a draft once for all who read the same', async () => {
    const { made, join } = counting()
    const draftId = await program().ready()
    const readers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => join(draftId, who(`session:${n}`))),
    )
    const korean = await join(draftId, who('session:k', 'ko'))
    expect(made).toEqual(['en', 'ko'])
    for (const { read } of [...readers, korean]) for (let n = 0; n < 3; n += 1) await read()
    made.length = 0
    await program().core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title: 'Read by many' })
    for (let n = 0; n < 20; n += 1) program().core.events.changed(draftId)
    for (const { read } of readers) expect(await read()).toMatch(/event: change.*Read by many/s)
    expect(await korean.read()).toMatch(/event: change.*Read by many/s)
    expect(made.sort()).toEqual(['en', 'ko'])
  })

  it('tells who is slow how things are when they can take it', async () => {
    const { join } = counting()
    const draftId = await program().ready()
    const slow = await join(draftId)
    expect(await slow.read()).toBe('retry: 2000\n\n')
    expect(await slow.read()).toMatch(/event: draft\n/)
    for (const text of ['One.', 'Two.', 'Three.', 'Four.']) {
      await retext(draftId, 0, text)
      await program().queue.idle(draftId)
    }
    const fast = await join(draftId, who('session:2'))
    await fast.read()
    expect(await fast.read()).toContain('Four.')
    const change = await slow.read()
    expect(change).toMatch(/event: change\n/)
    expect(change).toContain('Four.')
    expect(change).not.toMatch(/One\.|Two\.|Three\./)
    expect(await slow.read()).toMatch(/event: here\n/)
  })

  it('tells those who are there when somebody comes right after a change', async () => {
    const { join } = counting({ heartbeat: 600_000 })
    const draftId = await program().ready()
    const { read } = await join(draftId)
    for (let n = 0; n < 3; n += 1) await read()
    const news = read()
    await program().core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title: 'Just before' })
    program().core.events.changed(draftId)
    await join(draftId, who('session:2'))
    expect(await news).toMatch(/event: change.*Just before/s)
  })

  it('lets go of who takes nothing', async () => {
    const { join } = counting({ look: 10, patience: 50 })
    const { connection, read } = await join(await program().ready())
    await read()
    await expect.poll(() => connection.destroyed, { timeout: 10_000 }).toBe(true)
  })

  it('says now and then that it is still there', async () => {
    const { join } = counting({ look: 10, heartbeat: 20, patience: 60_000 })
    const { read } = await join(await program().ready())
    const said: string[] = []
    while (said.filter((each) => each.startsWith(':')).length < 2) said.push(await read())
    expect(said.slice(1, 3).map((each) => /event: (\w+)/.exec(each)?.[1])).toEqual(['draft', 'here'])
  })

  it('lets the browsers of those come back of whom nobody knows who they are, and says so in the log once', async () => {
    const { hub } = counting({ look: 10, ask: 10 })
    const warned = vi.spyOn(program().bot.log, 'warn')
    onTestFinished(() => warned.mockRestore())
    const ask = () => Promise.reject(new Error('the platform is silent'))
    for (const _ of [1, 2]) {
      const list = await hub.followList({ who: who(), ask, connection: new PassThrough() })
      expect(await text(list as Body)).not.toContain('gone')
    }
    expect(warned.mock.calls).toEqual([[{ err: expect.any(Error) }, expect.stringContaining('a list')]])
  })
})
