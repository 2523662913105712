/** A progress bar such as `▰▰▰▱▱▱ 50%`. It is only full, with 100%, once everything is done. */
export function progressBar(fraction: number, steps: number): string {
  const share = Math.min(1, Math.max(0, fraction))
  const full = Math.floor(share * steps)
  return `${'▰'.repeat(full)}${'▱'.repeat(steps - full)} ${Math.floor(share * 100)}%`
}
