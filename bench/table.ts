/** A goal and what was measured. */
export interface Figure {
  what: string
  goal: string
  measured: string
  /** Null for a figure without a goal. */
  isMet: boolean | null
}

/** Prints goal and measured side by side. */
export function printTable(figures: Figure[]): void {
  const rows = [
    ['what', 'goal', 'measured', ''],
    ...figures.map(({ what, goal, measured, isMet }) => [what, goal, measured, verdict(isMet)]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  for (const [index, row] of rows.entries()) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    if (index === 0)
      console.log(
        widths
          .map((width) => '─'.repeat(width))
          .join('  ')
          .trimEnd(),
      )
  }
}

function verdict(isMet: Figure['isMet']): string {
  if (isMet === null) return ''
  return isMet ? 'met' : 'MISSED'
}
