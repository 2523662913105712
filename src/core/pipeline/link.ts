import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { channelOfGrant, codeOfLink, saveAccount } from '../draft/accounts/link-account.ts'
import { platformOf } from '../draft/accounts/platform-of.ts'
import type { Core } from '../draft/core.ts'
import type { Payload } from '../draft/payloads.ts'
import { requesterOf } from '../draft/requester.ts'
import { ProviderError, UserError } from '../model/errors.ts'

/** Seconds added to the interval by each `slow_down`: RFC 8628, 3.5. */
const SLOWER = 5
/** The longest useful interval in seconds. */
const LONGEST = 120

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

/**
 * Polls the platform at intervals for whether the person has entered the code, until they have, or the code expires. The
 * time of the next poll is saved before each one, so that a process continuing this doesn't poll earlier.
 * @throws UserError `link_denied`, `link_expired`, and the errors of `saveAccount`.
 */
export async function runLink(
  core: Core,
  job: Job,
  payload: Payload<'link'>,
  signal: AbortSignal,
  wait: Wait = (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
): Promise<void> {
  // Saved by a process that died before the job was marked as done.
  if (payload.accountId !== null) return
  const platform = platformOf(core, payload.platform)
  const code = codeOfLink(core, job, payload)
  let asked = payload
  for (;;) {
    const now = core.clock().getTime()
    if (now >= asked.expiresAt) throw new UserError('link_expired')
    // The clock may have been set back.
    const pause = Math.min(Math.max(0, asked.nextAt - now), asked.interval * 1000, asked.expiresAt - now)
    await wait(pause, signal)
    asked = { ...asked, nextAt: core.clock().getTime() + asked.interval * 1000 }
    await keep(core, job, asked)
    const answer = await platform.accounts.askLink(code, signal).catch((error: unknown) => {
      // Temporary errors are no reason to make the person start over.
      if (error instanceof ProviderError) return { state: 'slow_down' as const }
      throw error
    })
    if (answer.state === 'granted') {
      const { grant } = answer
      const channel = await channelOfGrant(core, platform.name, grant, signal)
      const actor = requesterOf(job) ?? { id: '', name: '' }
      await saveAccount(
        core,
        { place: payload.place, actor },
        { platform, grant, channel },
        async (em, accountId) => {
          const done = { ...asked, sealedCode: '', accountId }
          const kept = await em.nativeUpdate(
            JobEntity,
            { jobId: job.jobId, state: 'running' },
            { payload: done },
          )
          // It was restarted or cancelled at the last moment.
          if (kept === 0) throw new UserError('cancelled')
        },
      )
      return
    }
    if (answer.state === 'slow_down') {
      const interval = Math.min(LONGEST, asked.interval + SLOWER)
      asked = { ...asked, interval, nextAt: core.clock().getTime() + interval * 1000 }
      await keep(core, job, asked)
    }
  }
}

/** @throws UserError if the job is no longer ours. */
async function keep({ db }: Core, { jobId }: Job, payload: Payload<'link'>): Promise<void> {
  const kept = await db.fork().nativeUpdate(JobEntity, { jobId, state: 'running' }, { payload })
  if (kept === 0) throw new UserError('cancelled')
}
