import { renderFigures } from './render.ts'
import { printTable } from './table.ts'

/** Measures on this machine what README promises. Figures are ratios within one run where they can be. */
const figures = await renderFigures((step) => console.error(step))
printTable(figures)
process.exitCode = figures.every((figure) => figure.isMet) ? 0 : 1
