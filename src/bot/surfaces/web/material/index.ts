import type { Bot } from '../../../handlers/request.ts'
import type { WebApp } from '../env.ts'
import { addCandidateFiles } from './candidate-files.ts'
import { addOwnFootage } from './own-footage.ts'
import { addPeaks } from './peaks.ts'
import { addRevisionFootage } from './revision-footage.ts'

/** What the studio shows of the material of segments, and takes as material. */
export function addMaterial(app: WebApp, bot: Bot): void {
  for (const add of [addCandidateFiles, addOwnFootage, addPeaks, addRevisionFootage]) add(app, bot)
}
