import { writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { answerTasks } from '../../../src/core/providers/answer-tasks.ts'
import type { FileTask } from '../../../src/core/providers/embedded/kept-worker.ts'

/** Says that it has begun, and writes its file a while after that. */
answerTasks<FileTask>(async ({ file }) => {
  await writeFile(`${file}.begun`, '')
  await setTimeout(150)
  await writeFile(file, 'late')
})
