import { writeFile } from 'node:fs/promises'
import { answerTasks } from '../../answer-tasks.ts'
import { makeBed } from './bed.ts'
import type { BedTask } from './beds.ts'

answerTasks<BedTask>(({ mood, variation, file }) => writeFile(file, makeBed(mood, variation)))
