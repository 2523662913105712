import { onTestFinished } from 'vitest'
import { listAccounts } from '../../src/core/draft/accounts/accounts.ts'
import { beginLink } from '../../src/core/draft/accounts/link-account.ts'
import { payloadOf } from '../../src/core/draft/payloads.ts'
import type { Actor } from '../../src/core/model/people.ts'
import { runLink } from '../../src/core/pipeline/link.ts'
import type { Account } from '../../src/db/entities/account.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { claimJob } from '../../src/jobs/job-rows.ts'
import { type GoogleServer, startGoogle } from '../servers/google/index.ts'
import { ANN, PLACE } from './people.ts'
import { type TestProgram, type TestProgramOptions, testProgram } from './program.ts'

/** A clock that only tests move. */
function handClock(start = new Date('2026-03-01T12:00:00Z')) {
  let now = start.getTime()
  return {
    now: () => now,
    date: () => new Date(now),
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

export interface Linked {
  google: GoogleServer
  program: TestProgram
  clock: ReturnType<typeof handClock>
}

/** A program that runs no jobs by itself, with Google next to it; both use the test's clock. */
export async function withGoogle(options: TestProgramOptions = {}): Promise<Linked> {
  const clock = handClock()
  const google = await startGoogle()
  onTestFinished(() => google.close())
  google.world.now = clock.now
  const program = await testProgram({
    ...{ start: false, clock: clock.date },
    ...options,
    env: { ...google.env, ...options.env },
  })
  return { google, program, clock }
}

/**
 * Runs a link as its job does. Each wait moves the clock.
 * @param onWait called with each wait's length in milliseconds.
 */
export async function workOnLink(
  { program, clock }: Pick<Linked, 'program' | 'clock'>,
  jobId: string,
  onWait: (milliseconds: number) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<void> {
  const { core } = program
  await claimJob(core.db, jobId, core.clock())
  const job = await core.db.fork().findOneOrFail(JobEntity, { jobId })
  await runLink(core, job, payloadOf('link', job), signal, async (milliseconds) => {
    onWait(milliseconds)
    signal.throwIfAborted()
    clock.pass(milliseconds)
  })
}

/** A linked channel. */
export async function linkedAccount(linked: Linked, actor: Actor = ANN, place = PLACE): Promise<Account> {
  const { core } = linked.program
  const { jobId, userCode } = await beginLink(core, { place, actor })
  linked.google.world.answer(userCode, 'allowed')
  await workOnLink(linked, jobId)
  const [account] = await listAccounts(core, place.workspace)
  if (!account) throw new Error('nothing was linked')
  return account
}

/** Google for programs with the real clock, which poll it often. */
export async function quickGoogle(): Promise<GoogleServer> {
  const google = await startGoogle()
  onTestFinished(() => google.close())
  google.world.interval = 0.02
  return google
}

/** Links a channel in a program that runs its jobs by itself. */
export async function linkChannel(
  { core, queue }: TestProgram,
  google: GoogleServer,
  actor: Actor = ANN,
  place = PLACE,
): Promise<void> {
  const { userCode } = await beginLink(core, { place, actor })
  google.world.answer(userCode, 'allowed')
  await queue.idle()
}
