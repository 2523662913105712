import { writeFile } from 'node:fs/promises'
import { hashOf } from '../media/store/hash.ts'
import { readPeaks } from '../media/voice/peaks.ts'
import { UserError } from '../model/errors.ts'
import { type StoredName, storedName } from '../model/store.ts'
import type { Core } from './core.ts'
import { usingFiles } from './draft-files.ts'
import { findSegment, loadDraft } from './load.ts'

const PEAKS_VERSION = 1

/** The path of a voice's waveform, which exists once it was requested. */
export function peaksName(voice: string): StoredName {
  return storedName('previews', hashOf(['peaks', PEAKS_VERSION, voice]), 'json')
}

/**
 * The waveform of a segment's voice in the format of `readPeaks`, as a JSON file in the store; made once per recording.
 * @throws UserError `segment_not_found`, also for a segment without a voice.
 */
export async function voicePeaks(
  core: Core,
  { workspace, draftId }: { workspace: string; draftId: string },
  segmentId: number,
): Promise<string> {
  const { segments } = await loadDraft(core.db.fork(), workspace, draftId)
  const { ttsLocalPath } = findSegment(segments, segmentId)
  if (ttsLocalPath === null || !(await core.store.has(ttsLocalPath))) throw new UserError('segment_not_found')
  const name = peaksName(ttsLocalPath)
  return usingFiles(core, draftId, () =>
    core.store.put(name, (file) =>
      core.store.withLocalFile(ttsLocalPath, async (voice) =>
        writeFile(file, JSON.stringify(await readPeaks(voice))),
      ),
    ),
  )
}
