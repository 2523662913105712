import { writeFile } from 'node:fs/promises'
import { answerTasks } from '../../answer-tasks.ts'
import type { DrawTask } from './drawn.ts'
import { drawPicture, drawPreview } from './picture.ts'

answerTasks<DrawTask>(async ({ picture, isPreview, file }) =>
  writeFile(file, await (isPreview ? drawPreview(picture) : drawPicture(picture))),
)
