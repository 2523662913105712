import type { Bot } from '../../../handlers/request.ts'
import type { WebApp } from '../env.ts'
import { addCandidateFiles } from './candidate-files.ts'
import { addOwnFootage } from './own-footage.ts'
import { addPeaks } from './peaks.ts'
import { addRevisionFootage } from './revision-footage.ts'

/** The studio's routes for the material of segments: candidates, own files, waveforms and earlier footage. */
export function addMaterial(app: WebApp, bot: Bot): void {
  for (const add of [addCandidateFiles, addOwnFootage, addPeaks, addRevisionFootage]) add(app, bot)
}
