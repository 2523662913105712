import type { Bot } from '../../../handlers/request.ts'
import type { WebApp } from '../env.ts'
import { addCandidates } from './candidates.ts'
import { addCreate } from './create.ts'
import { addDocument } from './document.ts'
import { addDrafts } from './drafts.ts'
import { addEditingFiles } from './editing-files.ts'
import { addFiles } from './files.ts'
import { addJobs } from './jobs.ts'
import { addList } from './list.ts'
import { addNotes } from './notes.ts'
import { addProposals } from './proposals.ts'
import { addRender } from './render.ts'
import { refuseMisfits } from './routes.ts'
import { addSegments } from './segments.ts'
import { addSettings } from './settings.ts'
import { addSteps } from './steps.ts'
import { addUploads } from './uploads.ts'
import { addWatch } from './watch.ts'

const PARTS = [
  ...[addList, addCreate, addDrafts, addSettings, addSegments, addRender, addSteps, addCandidates],
  ...[addNotes, addProposals, addJobs, addWatch, addEditingFiles, addUploads, addFiles, addDocument],
]

/** The API: everything under `/api`, for programs and for the studio. */
export function addApi(app: WebApp, bot: Bot): void {
  refuseMisfits(app)
  // A draft's current state must not be cached; files set their own caching headers.
  app.use('/api/*', async (context, next) => {
    await next()
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store')
  })
  for (const add of PARTS) add(app, bot)
}
