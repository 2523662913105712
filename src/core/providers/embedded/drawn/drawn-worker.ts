import { writeFile } from 'node:fs/promises'
import { answerTasks } from '../../answer-tasks.ts'
import type { DrawTask } from './drawn.ts'
import { drawPicture, drawPreview } from './picture.ts'

answerTasks<DrawTask>(({ picture, isPreview, file }) =>
  writeFile(file, isPreview ? drawPreview(picture) : drawPicture(picture)),
)
