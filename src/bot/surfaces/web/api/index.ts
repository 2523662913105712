import type { Bot } from '../../../handlers/request.ts'
import type { WebApp } from '../env.ts'
import { addCreate } from './create.ts'
import { addDrafts } from './drafts.ts'
import { addFiles } from './files.ts'
import { addList } from './list.ts'
import { addRender } from './render.ts'
import { refuseMisfits } from './routes.ts'
import { addSegments } from './segments.ts'
import { addSettings } from './settings.ts'
import { addSteps } from './steps.ts'

/** The API: everything under `/api`, whether a program asks or the studio does. */
export function addApi(app: WebApp, bot: Bot): void {
  refuseMisfits(app)
  for (const add of [addList, addCreate, addDrafts, addSegments, addRender, addSteps, addSettings, addFiles])
    add(app, bot)
}
