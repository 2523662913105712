import { writeFile } from 'node:fs/promises'
import { answerTasks } from '../../answer-tasks.ts'
import { drawPicture, drawPreview } from './picture.ts'
import type { DrawTask } from './drawn.ts'

answerTasks<DrawTask>(({ picture, isPreview, file }) =>
  writeFile(file, isPreview ? drawPreview(picture) : drawPicture(picture)),
)
