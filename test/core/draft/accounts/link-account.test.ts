import { describe, expect, it } from 'vitest'
import { defaultAccount, listAccounts } from '../../../../src/core/draft/accounts/accounts.ts'
import { beginLink, linkState, numberOfLink } from '../../../../src/core/draft/accounts/link-account.ts'
import { payloadOf } from '../../../../src/core/draft/payloads.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { linkedAccount, withGoogle, workOnLink } from '../../../factories/google.ts'
import { ANN, BEN, PLACE } from '../../../factories/people.ts'

const scope = { place: PLACE, actor: ANN }

describe('linking a channel by a code', () => {
  it('asks once an interval until the code is entered, and saves the channel', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const begun = await beginLink(program.core, scope)
    expect(begun).toMatchObject({ address: 'https://www.google.com/device' })
    expect(begun.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/)
    const waits: number[] = []
    await workOnLink(linked, begun.jobId, (milliseconds) => {
      waits.push(milliseconds)
      if (waits.length === 3) google.world.answer(begun.userCode, 'allowed')
    })
    // Asking too early would have been answered with slow_down and made the next wait longer.
    expect(waits).toEqual([5000, 5000, 5000])
    expect(google.polls()).toHaveLength(3)
    expect(await listAccounts(program.core, PLACE.workspace)).toMatchObject([
      {
        ...{ name: 'Bee TV', youtubeChannelId: 'UC_bees', platform: 'youtube', isDefault: true },
        ...{ linkedByName: 'Ann', scopes: 'https://www.googleapis.com/auth/youtube', problem: null },
      },
    ])
    const job = await program.core.db.fork().findOneOrFail(JobEntity, { jobId: begun.jobId })
    expect(payloadOf('link', job)).toMatchObject({ sealedCode: '', accountId: 1 })
  })

  it('asks less often when it is told to slow down, and while Google is away', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const begun = await beginLink(program.core, scope)
    const slow = { kind: 'status', status: 403, body: { error: 'slow_down' } } as const
    google.faults = [slow, { kind: 'status', status: 503 }, { kind: 'reset' }]
    const waits: number[] = []
    await workOnLink(linked, begun.jobId, (milliseconds) => {
      waits.push(milliseconds / 1000)
      if (waits.length === 4) google.world.answer(begun.userCode, 'allowed')
    })
    expect(waits).toEqual([5, 10, 15, 20])
  })

  it('goes on in another process, which asks no sooner', async () => {
    const linked = await withGoogle()
    const { google, program, clock } = linked
    const begun = await beginLink(program.core, scope)
    const killed = new AbortController()
    let waits = 0
    const broken = workOnLink(
      linked,
      begun.jobId,
      () => {
        waits += 1
        if (waits === 2) killed.abort(new Error('killed'))
      },
      killed.signal,
    )
    await expect(broken).rejects.toThrow('killed')
    await program.core.db.fork().nativeUpdate(JobEntity, { jobId: begun.jobId }, { state: 'queued' })
    clock.pass(2000)
    google.world.answer(begun.userCode, 'allowed')
    const after: number[] = []
    await workOnLink(linked, begun.jobId, (milliseconds) => after.push(milliseconds))
    expect(after).toEqual([3000])
    expect(await listAccounts(program.core, PLACE.workspace)).toHaveLength(1)
  })

  it('is over when the person declines, when the code ends, and where nothing can be uploaded with it', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const { core } = program
    const declined = await beginLink(core, scope)
    google.world.answer(declined.userCode, 'denied')
    await expect(workOnLink(linked, declined.jobId)).rejects.toMatchObject({ code: 'link_denied' })

    await program.core.jobs.cancelDraft('')
    google.world.codeSeconds = 12
    const late = await beginLink(core, { place: PLACE, actor: BEN })
    const waits: number[] = []
    const ended = workOnLink(linked, late.jobId, (milliseconds) => waits.push(milliseconds))
    await expect(ended).rejects.toMatchObject({ code: 'link_expired' })
    expect(waits).toEqual([5000, 5000, 2000])
    google.world.codeSeconds = 1800

    google.world.channel = null
    await expect(linkedAccount(linked)).rejects.toMatchObject({ code: 'account_without_channel' })
    expect(await listAccounts(core, PLACE.workspace)).toEqual([])
  })

  it('ends the earlier try of the same person, and tells nobody else of one', async () => {
    const { program } = await withGoogle()
    const { core } = program
    const first = await beginLink(core, scope)
    const second = await beginLink(core, scope)
    const number = await numberOfLink(core, second.jobId)
    expect(await linkState(core, PLACE.workspace, ANN.id, number)).toMatchObject({
      ...{ state: 'waiting', userCode: second.userCode },
    })
    const cancelled = await core.db.fork().findOneOrFail(JobEntity, { jobId: first.jobId })
    expect(cancelled.state).toBe('cancelled')
    await expect(linkState(core, PLACE.workspace, BEN.id, number)).rejects.toMatchObject({
      code: 'link_not_found',
    })
    await expect(linkState(core, 'test:2', ANN.id, number)).rejects.toMatchObject({ code: 'link_not_found' })
  })

  it('gives a channel that is linked once more its new access, and keeps the default', async () => {
    const linked = await withGoogle()
    const { google, program } = linked
    const first = await linkedAccount(linked)
    google.world.channel = { id: 'UC_wasps', title: 'Wasp TV' }
    await linkedAccount(linked)
    google.world.channel = { id: 'UC_bees', title: 'Bee TV 2' }
    await linkedAccount(linked)
    const [main, other, ...rest] = await listAccounts(program.core, PLACE.workspace)
    expect(main).toMatchObject({ id: first.id, name: 'Bee TV 2', isDefault: true })
    expect(main?.encryptedCredentials).not.toBe(first.encryptedCredentials)
    expect(other).toMatchObject({ name: 'Wasp TV', isDefault: false })
    expect(rest).toEqual([])
    expect((await defaultAccount(program.core.db.fork(), PLACE.workspace))?.id).toBe(first.id)
  })

  it('is not offered without a client, and says when Google does not accept it', async () => {
    const none = await withGoogle({ env: { GOOGLE_CLIENT_ID: '', GOOGLE_CLIENT_SECRET: '' } })
    await expect(beginLink(none.program.core, scope)).rejects.toMatchObject({
      code: 'accounts_not_configured',
    })
    const wrong = await withGoogle({ env: { GOOGLE_CLIENT_ID: 'desktop-client.apps.example' } })
    await expect(beginLink(wrong.program.core, scope)).rejects.toMatchObject({
      code: 'client_refused',
      params: { reason: 'invalid_client' },
    })
  })
})
