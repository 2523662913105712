import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { accessOf } from '../../../../src/core/draft/accounts/access.ts'
import { accountNamed, listAccounts, makeDefault } from '../../../../src/core/draft/accounts/accounts.ts'
import { unlinkAccount } from '../../../../src/core/draft/accounts/unlink-account.ts'
import { createSealer } from '../../../../src/core/model/sealer.ts'
import { erasePerson } from '../../../../src/core/records/person/erase.ts'
import { AccountEntity } from '../../../../src/db/entities/account.ts'
import { AuditEntity } from '../../../../src/db/entities/audit.ts'
import { linkedAccount, withGoogle } from '../../../factories/google.ts'
import { ANN, PLACE } from '../../../factories/people.ts'

const { signal } = new AbortController()
const scope = { place: PLACE, actor: ANN }

describe('access to a linked channel', () => {
  it('is renewed before it ends, once for all who need it', async () => {
    const linked = await withGoogle()
    const { google, program, clock } = linked
    const { id } = await linkedAccount(linked)
    const access = accessOf(program.core, id)
    const first = await access.token(signal)
    clock.pass(50 * 60_000)
    expect(await access.token(signal)).toBe(first)
    clock.pass(6 * 60_000)
    const before = google.requests.length
    const tokens = await Promise.all([1, 2, 3].map(() => accessOf(program.core, id).token(signal)))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(first)
    expect(google.requests.length - before).toBe(1)
    expect(google.world.access(tokens[0] ?? '')).not.toBeNull()
  })

  it('is renewed when it is refused, unless somebody has done so', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const { id } = await linkedAccount(linked)
    const access = accessOf(program.core, id)
    const first = await access.token(signal)
    const second = await access.instead(first, signal)
    expect(second).not.toBe(first)
    const before = google.requests.length
    expect(await access.instead(first, signal)).toBe(second)
    expect(google.requests.length).toBe(before)
  })

  it('that was revoked says what to do, and so does its account, until it is linked again', async () => {
    const linked = await withGoogle()
    const { google, program, clock } = linked
    const { id } = await linkedAccount(linked)
    google.world.revoked.add(1)
    clock.pass(3_600_000)
    await expect(accessOf(program.core, id).token(signal)).rejects.toMatchObject({ code: 'access_ended' })
    const [broken] = await listAccounts(program.core, PLACE.workspace)
    expect(broken?.problem).toContain('Link the channel again')
    await linkedAccount(linked)
    expect((await listAccounts(program.core, PLACE.workspace))[0]?.problem).toBeNull()
  })

  it('is not taken for ended while Google is away', async () => {
    const linked = await withGoogle()
    const { google, program, clock } = linked
    const { id } = await linkedAccount(linked)
    clock.pass(3_600_000)
    google.fault = () => ({ kind: 'status', status: 503 })
    await expect(accessOf(program.core, id).token(signal)).rejects.toMatchObject({ failure: 'unavailable' })
    google.fault = null
    expect((await listAccounts(program.core, PLACE.workspace))[0]?.problem).toBeNull()
    await accessOf(program.core, id).token(signal)
  })

  it('cannot be read with another key, and says so', async () => {
    const linked = await withGoogle()
    const { program } = linked
    const { id } = await linkedAccount(linked)
    const core = { ...program.core, sealer: createSealer(() => Buffer.alloc(32, 7)) }
    await expect(accessOf(core, id).token(signal)).rejects.toMatchObject({ code: 'credentials_unreadable' })
    expect((await listAccounts(core, PLACE.workspace))[0]?.problem).toContain('CREDENTIALS_KEY')
  })

  it('is of no use in the row of another workspace', async () => {
    const linked = await withGoogle()
    const { program } = linked
    const { id } = await linkedAccount(linked)
    await program.core.db.fork().nativeUpdate(AccountEntity, { id }, { workspace: 'test:2' })
    await expect(accessOf(program.core, id).token(signal)).rejects.toMatchObject({
      code: 'credentials_unreadable',
    })
  })
})

describe('unlinking', () => {
  it('revokes the access, forgets it, and makes another channel the default', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const { core } = program
    await linkedAccount(linked)
    google.world.channel = { id: 'UC_wasps', title: 'Wasp TV' }
    await linkedAccount(linked)
    const bees = await accountNamed(core, PLACE.workspace, ' bee tv ')
    expect(await unlinkAccount(core, scope, bees)).toBe(true)
    expect(google.world.revoked).toEqual(new Set([1]))
    expect(await listAccounts(core, PLACE.workspace)).toMatchObject([{ name: 'Wasp TV', isDefault: true }])
    const acts = await core.db.fork().find(AuditEntity, { act: 'account_unlinked' })
    expect(acts).toMatchObject([{ actorId: ANN.id, facts: { account: bees.id, revoked: true } }])
  })

  it('forgets it also where it has ended already, or Google is away, and says which', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const { core } = program
    const ended = await linkedAccount(linked)
    google.world.revoked.add(1)
    expect(await unlinkAccount(core, scope, ended)).toBe(true)
    const account = await linkedAccount(linked)
    google.fault = () => ({ kind: 'status', status: 500 })
    expect(await unlinkAccount(core, scope, account)).toBe(false)
    expect(await listAccounts(core, PLACE.workspace)).toEqual([])
  })

  it('is done when the person is erased who had linked it', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const actor = { id: '4711', name: 'Zed' }
    const place = { ...PLACE, surface: 'discord', workspace: 'discord:1' }
    await linkedAccount(linked, actor, place)
    const erased = await erasePerson(program.core, { surface: 'discord', team: null, id: '4711' })
    expect(erased.rows).toBeGreaterThan(1)
    expect(google.world.revoked).toEqual(new Set([1]))
    expect(await listAccounts(program.core, place.workspace)).toEqual([])
  })
})

describe('the default channel', () => {
  it('is the one that somebody chose', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    await linkedAccount(linked)
    google.world.channel = { id: 'UC_wasps', title: 'Wasp TV' }
    await linkedAccount(linked)
    const wasps = await accountNamed(program.core, PLACE.workspace, 'UC_wasps')
    await makeDefault(program.core, scope, wasps.id)
    const names = (await listAccounts(program.core, PLACE.workspace)).map(({ name, isDefault }) => [
      name,
      isDefault,
    ])
    expect(names).toEqual([
      ['Wasp TV', true],
      ['Bee TV', false],
    ])
    await expect(accountNamed(program.core, PLACE.workspace, 'Fly TV')).rejects.toMatchObject({
      code: 'account_not_found',
    })
  })
})

it('leaves no secret in the database or the log, and a key for its owner alone', async () => {
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const linked = await withGoogle({ log: logger })
  const { google, program, clock } = linked
  const { id } = await linkedAccount(linked)
  clock.pass(3_600_000)
  await accessOf(program.core, id).token(signal)
  google.world.revoked.add(1)
  clock.pass(3_600_000)
  await accessOf(program.core, id)
    .token(signal)
    .catch((err: unknown) => logger.warn({ err }, 'ended'))
  google.fault = () => ({ kind: 'html' })
  await accessOf(program.core, id)
    .instead('x', signal)
    .catch((err: unknown) => logger.warn({ err }, 'unreadable'))
  const names = await readdir(program.folder)
  const files = names.filter((name) => name.startsWith('rushes.sqlite'))
  const stored = await Promise.all(files.map((name) => readFile(path.join(program.folder, name), 'latin1')))
  const all = [...stored, ...log].join('\n')
  expect(google.world.secrets().length).toBeGreaterThan(4)
  for (const secret of google.world.secrets()) expect([secret, all.includes(secret)]).toEqual([secret, false])
  const key = path.join(program.folder, 'credentials.key')
  expect((await stat(key)).mode & 0o777).toBe(0o600)
  expect(all).not.toContain((await readFile(key, 'utf8')).trim())
  expect(await program.core.store.foreign()).toEqual([])
})
