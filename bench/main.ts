import { apiFigures } from './api.ts'
import { discordFigures } from './discord.ts'
import { eventFigures } from './events.ts'
import { fairFigures } from './fair.ts'
import { firstSecondsFigures } from './first-seconds.ts'
import { jobFigures } from './jobs.ts'
import { playerFigures } from './player.ts'
import { renderFigures } from './render.ts'
import { slackFigures } from './slack.ts'
import { studioFigures } from './studio.ts'
import { printTable } from './table.ts'
import { undoFigures } from './undo.ts'

/** Measures how fast Rushes is on this machine. Figures are ratios within one run where possible. */
const say = (step: string) => console.error(step)
const figures = [
  ...(await firstSecondsFigures(say)),
  ...(await undoFigures(say)),
  ...(await discordFigures(say)),
  ...(await slackFigures(say)),
  ...(await apiFigures(say)),
  ...(await eventFigures(say)),
  ...(await playerFigures(say)),
  ...(await renderFigures(say)),
  ...(await jobFigures(say)),
  ...(await fairFigures(say)),
  ...(await studioFigures(say)),
]
printTable(figures)
process.exitCode = figures.some((figure) => figure.isMet === false) ? 1 : 0
