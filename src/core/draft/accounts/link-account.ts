import { z } from 'zod'
import { AccountEntity } from '../../../db/entities/account.ts'
import { type Job, JobEntity } from '../../../db/entities/job.ts'
import { activeJobs } from '../../../db/queries/jobs.ts'
import type { EntityManager } from '../../../db/types.ts'
import { UserError } from '../../model/errors.ts'
import type { Channel, Grant, Platform } from '../../model/platform.ts'
import { recordAct } from '../audit.ts'
import type { AccountCore, Core } from '../core.ts'
import { type Payload, readPayload } from '../payloads.ts'
import { type AccountScope, defaultAccount } from './accounts.ts'
import { grantColumns } from './credentials.ts'
import { platformOf } from './platform-of.ts'

/** The steps for a person to link a channel. Only they may see them. */
export interface LinkBegun {
  jobId: string
  userCode: string
  address: string
  expiresAt: Date
}

/** Milliseconds that a person waits for the code. */
const PATIENCE = 10_000

/**
 * Starts linking a channel by a code that the person enters on any device. A job polls whether they have done so; an
 * earlier unfinished link of theirs is cancelled.
 * @throws UserError, ProviderError if no code can be obtained.
 */
export async function beginLink(core: Core, { place, actor }: AccountScope): Promise<LinkBegun> {
  const [platform] = core.platforms
  if (!platform) throw new UserError('accounts_not_configured')
  const code = await platform.accounts.beginLink(AbortSignal.timeout(PATIENCE))
  const key = `link:${place.workspace}:${actor.id}`
  for (const { jobId } of await activeJobs(core.db.fork(), { key })) await core.jobs.cancel(jobId)
  const { workspace } = place
  const jobId = await core.jobs.enqueue({
    ...{ kind: 'link', key, draftId: null, workspace, requester: actor },
    payload: {
      ...{ platform: platform.name, interval: code.interval },
      place: { surface: place.surface, workspace, channelId: place.channelId, threadId: place.threadId },
      sealedCode: core.sealer.seal(
        JSON.stringify([code.deviceCode, code.userCode, code.address]),
        aboutCode(workspace),
      ),
      expiresAt: code.expiresAt.getTime(),
      nextAt: core.clock().getTime() + code.interval * 1000,
    },
  })
  return { jobId, userCode: code.userCode, address: code.address, expiresAt: code.expiresAt }
}

/** The state of a link. */
export type LinkState =
  /** Shown again, to the person who started it. */
  | ({ state: 'waiting' } & Omit<LinkBegun, 'jobId'>)
  | { state: 'linked'; name: string }
  /** `error` as written by `storedFailure`. */
  | { state: 'failed'; error: string | null }

/** @throws UserError if this person hasn't started such a link. */
export async function linkState(
  core: Core,
  workspace: string,
  actorId: string,
  which: number,
): Promise<LinkState> {
  const em = core.db.fork()
  const job = await em.findOne(JobEntity, { id: which, kind: 'link', workspace, requesterId: actorId })
  if (!job) throw new UserError('link_not_found')
  const payload = readPayload('link', job)
  if (payload && (job.state === 'queued' || job.state === 'running')) {
    const [, userCode, address] = openCode(core, job, payload)
    return { state: 'waiting', userCode, address, expiresAt: new Date(payload.expiresAt) }
  }
  const id = payload?.accountId ?? 0
  const account = await em.findOne(AccountEntity, { id, workspace })
  if (job.state === 'done' && account) return { state: 'linked', name: account.name }
  return { state: 'failed', error: job.error }
}

/** The number that identifies a link for `linkState`. */
export async function numberOfLink(core: Core, jobId: string): Promise<number> {
  return (await core.db.fork().findOneOrFail(JobEntity, { jobId }, { fields: ['id'] })).id
}

/** The device code of a link in progress. @throws UserError if it can no longer be read. */
export function codeOfLink(core: Core, job: Job, payload: Payload<'link'>): string {
  return openCode(core, job, payload)[0]
}

const Code = z.tuple([z.string(), z.string(), z.string()])

/** The device's code, the person's code, and the address where it is entered. */
function openCode(
  { sealer }: Core,
  { workspace }: Job,
  { sealedCode }: Payload<'link'>,
): z.output<typeof Code> {
  const code = sealer.open(sealedCode, aboutCode(workspace))
  if (code === null) throw new UserError('link_expired')
  return Code.parse(JSON.parse(code))
}

/**
 * Saves a channel that a person has granted access to; if it was already linked, it gets the new access. A workspace's
 * first channel becomes its default.
 * @throws UserError if the access isn't sufficient.
 */
export async function saveAccount(
  core: AccountCore,
  { place, actor }: AccountScope,
  { platform, grant, channel }: { platform: Platform; grant: Grant; channel: Channel },
  also: (em: EntityManager, accountId: number) => Promise<void> = async () => {},
): Promise<number> {
  if (platform.accounts.missingScopes(grant.scopes).length > 0) throw new UserError('account_scope_missing')
  const { workspace } = place
  const owner = { workspace, platform: platform.name, youtubeChannelId: channel.id }
  return core.db.transaction(async (em) => {
    const now = core.clock()
    const before = await em.findOne(AccountEntity, owner)
    const fields = {
      ...{ ...owner, name: channel.title, ...grantColumns(core.sealer, owner, grant), problem: null },
      ...{ linkedById: actor.id, linkedByName: actor.name, updatedAt: now },
    }
    const isDefault = before?.isDefault ?? (await defaultAccount(em, workspace)) === null
    if (before) await em.nativeUpdate(AccountEntity, { id: before.id }, { ...fields, isDefault })
    const id = before?.id ?? (await em.insert(AccountEntity, { ...fields, isDefault, createdAt: now }))
    await recordAct(em, 'account_linked', { place, draftId: null, actor, now }, { account: id })
    await also(em, id)
    return id
  })
}

/** Looks up the channel of a grant before it is saved. */
export function channelOfGrant(
  core: AccountCore,
  name: string,
  grant: Grant,
  signal: AbortSignal,
): Promise<Channel> {
  const access = {
    token: async () => grant.accessToken,
    instead: async () => {
      throw new UserError('access_ended')
    },
  }
  return platformOf(core, name).accounts.channelOf(access, signal)
}

function aboutCode(workspace: string): string {
  return JSON.stringify(['link', workspace])
}
