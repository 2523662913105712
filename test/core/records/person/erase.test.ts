import { describe, expect, it } from 'vitest'
import { auditTrail } from '../../../../src/core/draft/audit.ts'
import { requestDraft } from '../../../../src/core/draft/create.ts'
import { editSegment } from '../../../../src/core/draft/edit-segment.ts'
import { editSettings } from '../../../../src/core/draft/edit-settings.ts'
import { addNote, resolveNote } from '../../../../src/core/draft/notes/notes.ts'
import { deleteDraft } from '../../../../src/core/draft/remove.ts'
import { saveWebhook, webhookOf } from '../../../../src/core/draft/webhook/webhooks.ts'
import type { Actor, Place } from '../../../../src/core/model/people.ts'
import { erasePerson } from '../../../../src/core/records/person/erase.ts'
import { exportPerson, isEmpty } from '../../../../src/core/records/person/export.ts'
import { type Person, parsePerson } from '../../../../src/core/records/person/person.ts'
import { LONE_NAME, OF_WORKSPACE, query, TRACES } from '../../../../src/core/records/person/traces.ts'
import { AccountEntity } from '../../../../src/db/entities/account.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../../../src/db/entities/kept-form.ts'
import { WebhookEntity } from '../../../../src/db/entities/webhook.ts'
import { ANN } from '../../../factories/people.ts'
import { scope, sharedProgram, type TestProgram } from '../../../factories/program.ts'
import { jobRow } from '../../../factories/rows.ts'

const program = sharedProgram()

let people = 0

/** A person no other test knows. */
function stranger(): { actor: Actor; person: Person } {
  people += 1
  const id = `70000000000000${1000 + people}`
  return { actor: { id, name: `Zebedee Quux ${people}` }, person: { surface: 'discord', team: null, id } }
}

const SERVER: Place = { surface: 'discord', workspace: 'discord:500', channelId: '9', threadId: null }

async function start({ core, queue }: TestProgram, actor: Actor, place = SERVER, topic = 'Tea') {
  const { draftId } = await requestDraft(core, { topic, collect: false }, actor, place)
  await queue.idle(draftId)
  return draftId
}

async function edit({ core }: TestProgram, draftId: string, actor: Actor, text: string, place = SERVER) {
  const [segment] = await query(core.db.fork(), 'select id from draft_segments where draft_id = ?', [draftId])
  const where = scope(draftId, actor, place.workspace)
  await editSegment(core, where, { segmentId: Number(segment?.id), change: { text } })
}

async function keep({ core }: TestProgram, actor: Actor, workspace = SERVER.workspace) {
  await core.db.fork().insert(KeptFormEntity, {
    ...{
      workspace,
      userId: actor.id,
      form: 'edit',
      values: { narration: `Typed for nothing by ${actor.id}.` },
    },
    createdAt: core.clock(),
  })
}

function kept({ core }: TestProgram, person: Person) {
  return exportPerson(core.db, core.store, person, core.clock())
}

/** Every value of every table, as one text. */
async function everything({ core }: TestProgram): Promise<string> {
  const em = core.db.fork()
  const tables = await query(em, "select name from sqlite_schema where type = 'table'")
  const rows = await Promise.all(tables.map(({ name }) => query(em, `select * from "${name}"`)))
  return JSON.stringify(rows)
}

describe('what names people in the database', () => {
  it('is all known', async () => {
    const em = program().core.db.fork()
    const columns = await query(
      em,
      `select t.name as "table", c.name as "column" from sqlite_schema t, pragma_table_info(t.name) c
       where t.type = 'table'`,
    )
    const named = columns.filter(({ column }) =>
      /(?:^|_)(?:author|actor|requester|user|person|member|owner|approver|by)_(?:id|name)$/.test(
        String(column),
      ),
    )
    const known = TRACES.flatMap(({ table, id, name }) => [`${table}.${id}`, `${table}.${name}`])
    known.push(`${LONE_NAME.table}.${LONE_NAME.name}`)
    expect(named.length).toBeGreaterThan(10)
    for (const { table, column } of named) expect(known).toContain(`${table}.${column}`)
    const ofWorkspace = columns.filter(({ column }) => column === 'workspace').map(({ table }) => table)
    const cleared = TRACES.filter(({ within }) => within === 'workspace').map(({ table }) => table)
    expect([...cleared, ...OF_WORKSPACE].toSorted()).toEqual(ofWorkspace.toSorted())
  })
})

describe('the export of a person', () => {
  it('has their drafts with the texts, what they did elsewhere, and where their files are', async () => {
    const { actor, person } = stranger()
    const own = await start(program(), actor, SERVER, 'Own topic')
    const others = await start(program(), ANN)
    await edit(program(), others, actor, 'Words by Zebedee.')
    await keep(program(), actor)
    const { core } = program()
    await core.db.fork().nativeUpdate(JobEntity, { draftId: own }, { outputVideoPath: 'videos/own.mp4' })
    await program().queue.idle(others)
    const before = await everything(program())
    const found = await kept(program(), person)
    expect((await everything(program())) === before).toBe(true)
    expect(found).toMatchObject({
      person: `discord:${actor.id}`,
      names: [actor.name],
      drafts: [
        {
          ...{ draft_id: own, topic: 'Own topic', created_at: expect.stringMatching(/^\d{4}-.*Z$/) },
          segments: [{ text: 'One two three.' }, {}, {}],
          revisions: [
            { number: 1, action: { code: 'created' }, snapshot: { draft: { title: 'Own topic' } } },
          ],
          jobs: [{ kind: 'create', requester_name: actor.name }],
        },
      ],
      elsewhere: {
        draft_segments: [{ draft_id: others, text: 'Words by Zebedee.' }],
        draft_versions: [{ number: 2, theirs: [{ text: 'Words by Zebedee.' }] }],
        kept_forms: [{ form_values: { narration: `Typed for nothing by ${actor.id}.` } }],
        audit_trail: [{ act: 'created', draft_id: own }],
      },
      files: [{ path: 'videos/own.mp4', bytes: null }],
    })
    // The rest of another person's draft isn't theirs.
    expect(JSON.stringify(found.elsewhere)).not.toContain('Four five six.')
  })

  it('is empty for somebody else of the same id on another platform, or in another workspace', async () => {
    const { actor } = stranger()
    const place = { ...SERVER, surface: 'slack', workspace: 'slack:T001' }
    await start(program(), { ...actor, id: 'U777' }, place)
    const of = async (typed: string) => kept(program(), parsePerson(typed) as Person)
    expect((await of('slack:U777')).drafts).toHaveLength(1)
    expect((await of('slack:T001/U777')).drafts).toHaveLength(1)
    expect(isEmpty(await of('slack:T002/U777'))).toBe(true)
    expect(isEmpty(await of('slack:T00/U777'))).toBe(true)
    expect(isEmpty(await of('test:U777'))).toBe(true)
  })
})

describe('erasing a person', () => {
  it('removes their drafts, and makes what they did to others nameless', async () => {
    const { core } = program()
    const { actor, person } = stranger()
    const own = await start(program(), actor)
    const gone = await start(program(), actor)
    await deleteDraft(core, scope(gone, actor, SERVER.workspace))
    const others = await start(program(), ANN)
    await edit(program(), others, actor, 'Words that stay.')
    await editSettings(core, scope(others, actor, SERVER.workspace), { title: 'A title that stays' })
    await edit(program(), others, ANN, 'Words by Ann.')
    await keep(program(), actor)
    const { drafts, rows } = await erasePerson(core, person)
    expect(drafts).toBe(1)
    expect(rows).toBeGreaterThan(4)
    const left = await everything(program())
    expect(left.includes(actor.id)).toBe(false)
    expect(left.includes(actor.name)).toBe(false)
    expect(left.includes('Words that stay.')).toBe(true)
    expect(left.includes('A title that stays')).toBe(true)
    expect(isEmpty(await kept(program(), person))).toBe(true)
    const em = core.db.fork()
    expect(await em.count(DraftEntity, { draftId: own })).toBe(0)
    expect(await em.count(JobEntity, { draftId: { $in: [own, gone] } })).toBe(0)
    expect(await em.findOne(DraftEntity, { draftId: others })).toMatchObject({
      ...{ authorId: ANN.id, authorName: ANN.name, settingsEditedByName: '' },
    })
    const trail = await auditTrail(core.db, { draftId: own, limit: 10 })
    expect(trail.map(({ act, actorId, actorName }) => [act, actorId, actorName])).toEqual([
      ['created', '', ''],
      ['deleted', '', ''],
    ])
    expect((await auditTrail(core.db, { limit: 1 }))[0]).toMatchObject({
      ...{ act: 'erased', actorId: null, facts: { drafts, rows } },
    })
  })

  it('leaves their notes to the others, and names nobody in them', async () => {
    const { core } = program()
    const { actor, person } = stranger()
    const draftId = await start(program(), ANN)
    const theirs = scope(draftId, actor, SERVER.workspace)
    const [segment] = await query(core.db.fork(), 'select id from draft_segments where draft_id = ?', [
      draftId,
    ])
    const own = await addNote(core, theirs, Number(segment?.id), 'A note that stays.')
    await resolveNote(core, theirs, own, true)
    const { elsewhere } = await kept(program(), person)
    // It names them twice, and is listed once.
    expect(elsewhere.notes).toMatchObject([{ text: 'A note that stays.', resolved_by_name: actor.name }])
    await erasePerson(core, person)
    const left = await everything(program())
    expect([left.includes(actor.id), left.includes(actor.name)]).toEqual([false, false])
    expect(left.includes('A note that stays.')).toBe(true)
    expect(isEmpty(await kept(program(), person))).toBe(true)
  })

  it('leaves nobody else poorer', async () => {
    const { core } = program()
    const [{ person }, { actor: other, person: theOther }] = [stranger(), stranger()]
    const draftId = await start(program(), other)
    await edit(program(), draftId, other, 'Of the other.')
    await program().queue.idle(draftId)
    await keep(program(), other)
    const strip = ({ exportedAt, ...rest }: Awaited<ReturnType<typeof kept>>) => rest
    const before = strip(await kept(program(), theOther))
    expect(await erasePerson(core, person)).toEqual({ drafts: 0, rows: 0 })
    expect(strip(await kept(program(), theOther))).toEqual(before)
  })

  it('can leave their drafts to the others, but for those of direct messages', async () => {
    const { core } = program()
    const { actor, person } = stranger()
    const own = await start(program(), actor)
    await edit(program(), own, actor, 'Mine.')
    const dm = { ...SERVER, workspace: `discord:dm:${actor.id}` }
    const direct = await start(program(), actor, dm)
    await keep(program(), actor, dm.workspace)
    const now = core.clock()
    await core.db.fork().insert(AccountEntity, {
      ...{ workspace: dm.workspace, name: 'Channel', youtubeChannelId: null, encryptedCredentials: 'x' },
      ...{ createdAt: now, updatedAt: now },
    })
    expect((await erasePerson(core, person, { keepDrafts: true })).drafts).toBe(1)
    const em = core.db.fork()
    expect(await em.count(DraftEntity, { draftId: direct })).toBe(0)
    expect(await em.findOne(DraftEntity, { draftId: own })).toMatchObject({ authorId: '', authorName: '' })
    const left = await everything(program())
    expect(left.includes(actor.id)).toBe(false)
    expect(left.includes(actor.name)).toBe(false)
    expect(isEmpty(await kept(program(), person))).toBe(true)
  })

  it('leaves the webhook of a workspace, without who set it, and not that of direct messages', async () => {
    const { core } = program()
    const { actor, person } = stranger()
    const dm = { ...SERVER, workspace: `discord:dm:${actor.id}` }
    for (const place of [SERVER, dm])
      await saveWebhook(core, { place, actor }, { url: 'https://example.com/token', renews: false }, 0)
    // A film of theirs whose webhook hasn't been sent yet.
    const data = { title: 'Tea', finished_by: { id: actor.id, name: actor.name } }
    const message = { type: 'draft.finalized', timestamp: '2026-05-01T10:00:00.000Z', data }
    const { id: _, ...waiting } = jobRow({
      ...{
        jobId: 'job_waiting',
        kind: 'webhook',
        key: 'webhook:job_1',
        state: 'failed',
        outputVideoPath: null,
      },
      ...{ workspace: SERVER.workspace, requesterId: actor.id, requesterName: actor.name },
      payload: { render: 'job_1', messageId: 'msg_1', message },
    })
    await core.db.fork().insert(JobEntity, waiting)
    const exported = await kept(program(), person)
    expect(exported.elsewhere.webhooks).toHaveLength(2)
    expect(JSON.stringify(exported)).not.toContain('sealed_target')
    await erasePerson(core, person)
    expect(await core.db.fork().findAll(WebhookEntity)).toMatchObject([
      { workspace: SERVER.workspace, editedById: '', editedByName: '' },
    ])
    expect((await webhookOf(core, SERVER.workspace)).url).toBe('https://example.com/token')
    expect((await everything(program())).includes(actor.id)).toBe(false)
  })

  it('goes on where it was broken off', async () => {
    const { core } = program()
    const { actor, person } = stranger()
    await start(program(), actor)
    const others = await start(program(), ANN)
    await editSettings(core, scope(others, actor, SERVER.workspace), { title: 'Another title' })
    let transactions = 0
    const transaction: typeof core.db.transaction = (work) => {
      transactions += 1
      if (transactions === 2) throw new Error('killed')
      return core.db.transaction(work)
    }
    await expect(erasePerson({ ...core, db: { ...core.db, transaction } }, person)).rejects.toThrow('killed')
    expect((await erasePerson(core, person)).drafts).toBe(1)
    expect((await everything(program())).includes(actor.name)).toBe(false)
  })
})
