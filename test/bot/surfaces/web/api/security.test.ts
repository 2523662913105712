import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { EVERYTHING, NOTHING, type Rights } from '../../../../../src/bot/handlers/access.ts'
import { revokeToken } from '../../../../../src/core/draft/tokens.ts'
import { ApiTokenEntity } from '../../../../../src/db/entities/api-token.ts'
import { AuditEntity } from '../../../../../src/db/entities/audit.ts'
import { apiOf, tokenOf } from '../../../../factories/api.ts'
import { BEN, PLACE } from '../../../../factories/people.ts'
import { sharedProgram } from '../../../../factories/program.ts'
import { webOf } from '../../../../factories/web.ts'

const lines: string[] = []
const stream = new Writable({
  write(chunk, _encoding, done) {
    lines.push(String(chunk))
    done()
  },
})
const program = sharedProgram({ log: pino({ level: 'trace' }, stream) })
const HOST = { id: 'host', name: 'the host' }

const NEEDS: Record<string, string[]> = {
  list: ['listDrafts', 'listJobs'],
  create: ['createDraft'],
  see: [
    ...['getDraft', 'getHistory', 'getCandidates', 'getNotes', 'getJobs', 'getJob', 'followDraft'],
    ...['getSoundFile', 'getFilmFile', 'getVideoFile', 'getPosterFile', 'getVideoSrtFile', 'getVideoVttFile'],
    ...['getClipFile', 'getStillFile', 'getVoiceFile', 'getFootageFile', 'getPeaks', 'getRevisionStill'],
    'getBundleFile',
  ],
  write: [
    ...['patchDraft', 'retryCreate', 'updateSegment', 'regenerateTts', 'refetchVideo', 'patchSegment'],
    ...['regenerateTtsOfSegment', 'refetchVideoOfSegment', 'retryAssetsOfSegment', 'insertSegment'],
    ...['moveSegment', 'splitSegment', 'mergeSegment', 'removeSegment', 'undo', 'redo', 'cancel', 'reopen'],
    ...['withdraw', 'restore', 'approve', 'searchCandidates', 'chooseCandidate', 'addNote', 'resolveNote'],
    ...['deleteNote', 'acceptProposal', 'dismissProposal', 'rewriteSegment', 'watch', 'play'],
    ...['getCandidateThumbnail', 'getCandidatePreview', 'uploadFootage', 'makeEditingFiles'],
  ],
  render: ['finalize', 'uploadVideo', 'cancelUpload', 'getUpload', 'changeUpload', 'publishUpload'],
  delete: ['deleteDraft'],
}

interface Operation {
  name: string
  method: string
  path: string
  need: string | undefined
}

async function operationsOf(origin: string): Promise<Operation[]> {
  const document = (await (await fetch(`${origin}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string; 'x-needs'?: string }>>
  }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ name: operation.operationId, method: method.toUpperCase(), path },
      need: operation['x-needs'],
    })),
  )
}

/** Calls an operation on a draft; the other parts of its path are things that may exist there. */
async function ask(origin: string, { method, path }: Operation, draftId: string, token?: string) {
  const address = path.replace('{draft_id}', draftId).replaceAll(/\{\w+\}/g, '1')
  const response = await fetch(origin + address, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method !== 'GET' && { 'content-type': 'application/json', prefer: 'respond-async' }),
    },
    ...(method !== 'GET' && { body: '{}' }),
  })
  const { code } = (await response.json()) as { code?: string }
  return [response.status, code]
}

it('asks before every operation, and says nothing of drafts of others', async () => {
  const origin = await apiOf(program())
  const draftId = await program().ready()
  const elsewhere = { ...PLACE, workspace: 'test:2' }
  const stranger = await tokenOf(program(), { home: elsewhere }, elsewhere)
  const rights: Rights = { ...NOTHING }
  program().bot.members.register('test', { access: () => ({ at: async () => rights }) })
  const bens = await tokenOf(program(), { person: BEN })
  const scopeless = {
    read: await tokenOf(program(), { scopes: ['read'] }),
    write: await tokenOf(program(), { scopes: ['write'] }),
  }
  const operations = await operationsOf(origin)
  const known = Object.values(NEEDS).flat()
  expect(operations.map(({ name }) => name).toSorted()).toEqual([...known, 'followDrafts'].toSorted())
  for (const operation of operations.filter(({ name }) => !name.startsWith('follow'))) {
    const { name, need } = operation
    expect([name, need]).toEqual([name, Object.keys(NEEDS).find((each) => NEEDS[each]?.includes(name))])
    expect([name, ...(await ask(origin, operation, draftId))]).toEqual([name, 401, 'not_signed_in'])
    const ended = `rushes_${'0'.repeat(64)}`
    expect([name, ...(await ask(origin, operation, draftId, ended))]).toEqual([name, 401, 'token_ended'])
    const isRead = need === 'see' || need === 'list'
    const lacking = isRead ? scopeless.write : scopeless.read
    expect([name, ...(await ask(origin, operation, draftId, lacking))]).toEqual([name, 403, 'scope_missing'])
    if (need === 'list' || need === 'create') continue
    for (const token of [stranger, bens])
      expect([name, ...(await ask(origin, operation, draftId, token))]).toEqual([
        name,
        404,
        'draft_not_found',
      ])
  }
  // The rejected requests changed nothing.
  expect((await program().load(draftId)).draft.revision).toBe(1)
})

it('lets people do what their platform says at the time', async () => {
  const origin = await apiOf(program())
  const draftId = await program().ready()
  let rights: Rights = EVERYTHING
  program().bot.members.register('test', {
    access: (workspace, personId) => ({
      at: async () => (workspace === PLACE.workspace && personId === BEN.id ? rights : NOTHING),
    }),
  })
  const token = await tokenOf(program(), { person: BEN, name: 'of Ben' })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const edit = () => {
    const body = JSON.stringify({ text: `Edited at ${performance.now()}.` })
    return fetch(`${origin}/api/draft/${draftId}/update-segment/0`, { method: 'POST', headers, body })
  }
  const shown = (await (await edit()).json()) as { data: { edited_by: string } }
  expect(shown.data.edited_by).toBe(BEN.name)
  const list = await fetch(`${origin}/api/draft`, { headers })
  expect(await list.text()).toContain(draftId)
  rights = { ...NOTHING, see: true }
  expect((await edit()).status).toBe(403)
  // They have left.
  rights = NOTHING
  expect((await edit()).status).toBe(404)
  expect(await (await fetch(`${origin}/api/draft`, { headers })).text()).toBe('[]')
  const begun = await fetch(`${origin}/api/draft/create`, {
    method: 'POST',
    headers,
    body: '{"topic":"Tea"}',
  })
  expect([begun.status, ((await begun.json()) as { code: string }).code]).toEqual([
    403,
    'not_allowed_to_create',
  ])
  await revokeToken(program().core, { place: PLACE, actor: HOST }, 'of Ben')
  rights = EVERYTHING
  expect((await edit()).status).toBe(401)
  const acts = await program()
    .core.db.fork()
    .find(AuditEntity, { act: { $in: ['token_created', 'token_revoked'] } })
  expect(acts.at(-1)).toMatchObject({ act: 'token_revoked', actorId: 'host', workspace: PLACE.workspace })
})

it('keeps no token, neither in the database nor in a log', async () => {
  const origin = await apiOf(program())
  const token = await tokenOf(program())
  const headers = { authorization: `Bearer ${token}` }
  await fetch(`${origin}/api/draft/`, { headers })
  await fetch(`${origin}/api/draft/nothing/${'x'.repeat(50)}`, { headers })
  const kept = await program().core.db.fork().find(ApiTokenEntity, {})
  expect(kept.some(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true)
  expect(JSON.stringify(kept)).not.toContain(token.slice(10))
  expect(lines.join('')).not.toContain(token.slice(10))
  // A token in the address doesn't count.
  expect((await fetch(`${origin}/api/draft/?token=${token}&access_token=${token}`)).status).toBe(401)
})

it('leads nowhere but to what an id names', async () => {
  const origin = await apiOf(program())
  const draftId = await program().ready()
  const headers = { authorization: `Bearer ${await tokenOf(program())}` }
  const { segments } = await program().load(draftId)
  const other = await program().load(await program().ready())
  const foreign = other.segments[0]?.id
  for (const path of [
    `${draftId}/segments/${foreign}/voice`,
    `${draftId}/segments/..%2f..%2frushes.sqlite/voice`,
    `${draftId}/segments/${segments[0]?.id}/..%2f..%2f..%2frushes.sqlite`,
    `..%2f..%2frushes.sqlite`,
    `%2e%2e/%2e%2e/rushes.sqlite`,
    `${draftId}/video%00.srt`,
    `${draftId}/segments/1e9/voice`,
    `${draftId}/segments/-1/voice`,
    `${draftId}/segments/99999999999999999999/voice`,
    `${encodeURIComponent("' or 1=1 --")}`,
    `${'x'.repeat(5000)}`,
    '%ff%fe',
    ...['%00', '%00/events', '%00/history', '%00/jobs/x', '%00/segments/1/voice', `${draftId}/jobs/%00`],
  ]) {
    const response = await fetch(`${origin}/api/draft/${path}`, { headers })
    expect([path, response.status]).toEqual([path, 404])
  }
  const edit = {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{"text":"Mine."}',
  }
  const edited = await fetch(`${origin}/api/draft/${draftId}/segments/${foreign}`, edit)
  expect(edited.status).toBe(404)
})

it('says which methods an address takes', async () => {
  const origin = await apiOf(program())
  const ask = async (method: string, path: string) => {
    const { status, headers } = await fetch(origin + path, { method })
    return [status, headers.get('allow'), headers.get('content-type')] as const
  }
  const problem = 'application/problem+json'
  expect(await ask('PUT', '/api/jobs')).toEqual([405, 'GET, HEAD', problem])
  expect(await ask('GET', '/api/draft/create/')).toEqual([404, null, problem])
  expect(await ask('GET', '/api/draft/x/finalize')).toEqual([405, 'POST', problem])
  expect((await ask('PUT', '/api/draft/x'))[1]?.split(', ').toSorted()).toEqual([
    'DELETE',
    'GET',
    'HEAD',
    'PATCH',
  ])
  expect(await ask('PUT', '/api/nothing')).toEqual([404, null, problem])
})

it('counts how often a token asks, and no one who is signed in', async () => {
  const origin = await apiOf(program())
  const [token, another] = [await tokenOf(program()), await tokenOf(program())]
  const { bot } = program()
  const { rates } = bot
  onTestFinished(() => {
    bot.rates = rates
  })
  const counted: string[] = []
  bot.rates = { take: (who) => (counted.push(who) > 1 && who === counted[0] ? 2.5 : 0) }
  const ask = (each: string) => fetch(`${origin}/api/jobs`, { headers: { authorization: `Bearer ${each}` } })
  expect((await ask(token)).status).toBe(200)
  const refused = await ask(token)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3'])
  expect((await ask(another)).status).toBe(200)
  expect(counted.every((who) => /^token:\d+$/.test(who))).toBe(true)
  expect((await fetch(`${await webOf(program())}/api/jobs`)).status).toBe(200)
  expect(counted).toHaveLength(3)
})
