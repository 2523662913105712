/**
 * Adds up the progress of parts with different weights. The sum is reported only when it has grown, so it never runs backwards.
 * @returns the reporter for each part, by its index.
 */
export function progressOver(
  report: ((fraction: number) => void) | undefined,
  weights: number[],
): (part: number) => (fraction: number) => void {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const done = weights.map(() => 0)
  let latest = 0
  return (part) => (fraction) => {
    done[part] = Math.max(done[part] ?? 0, Math.min(1, fraction))
    const sum = weights.reduce((sum, weight, index) => sum + weight * (done[index] ?? 0), 0)
    const now = total > 0 ? Math.min(1, sum / total) : 1
    if (now <= latest) return
    latest = now
    report?.(now)
  }
}
