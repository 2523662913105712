import { readdirSync, readFileSync } from 'node:fs'

/** Watches the ffmpeg processes of one parent until its input ends, then prints their peak memory in megabytes. */
const parent = Number(process.argv[2])
let peak = 0

const timer = setInterval(() => {
  let sum = 0
  for (const id of readdirSync('/proc')) {
    if (/^\d+$/.test(id)) sum += residentKilobytes(id)
  }
  peak = Math.max(peak, sum)
}, 40)

process.stdin.resume()
process.stdin.once('end', () => {
  clearInterval(timer)
  console.log((peak / 1024).toFixed(1))
})

function residentKilobytes(id: string): number {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8')
    const isOurs = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === parent && /^Name:\s+ffmpeg/m.test(status)
    return isOurs ? Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) : 0
  } catch {
    // It ended between the listing and the reading.
    return 0
  }
}
