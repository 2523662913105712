import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { answerTasks } from '../../../src/core/providers/answer-tasks.ts'
import type { FileTask } from '../../../src/core/providers/embedded/kept-worker.ts'

/** Reports that it has started, and writes its file when told to. */
answerTasks<FileTask>(async ({ file }) => {
  await writeFile(`${file}.begun`, '')
  while (!existsSync(`${file}.go`)) await setTimeout(5)
  await writeFile(file, 'late')
})
