import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The cost of a piece of work. */
export interface Usage {
  /** Wall-clock seconds. */
  wall: number
  /** CPU seconds of Node and of all programs it ran. */
  cpu: number
  /** Node's own share of these. */
  node: number
  /** Megabytes that all ffmpeg processes held together at the peak. */
  memory: number
}

/** Measures a piece of work. The processes it starts must have ended when it is done. Linux only. */
export async function measureUsage(work: () => Promise<unknown>): Promise<Usage> {
  const sampler = startSampler()
  const before = { wall: performance.now(), children: childrenSeconds(), node: nodeSeconds() }
  await work()
  const wall = (performance.now() - before.wall) / 1000
  const node = nodeSeconds() - before.node
  // The kernel adds a child's time to this sum once the child has been waited for, so no sampling is needed.
  const children = childrenSeconds() - before.children
  return { wall, cpu: node + children, node, memory: await stopSampler(sampler) }
}

function nodeSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Fields 16 and 17 of proc(5)'s stat, cutime and cstime, in ticks of which Linux counts 100 a second. */
function childrenSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

/** A separate process, so that its work doesn't count as the bot's. */
function startSampler(): ChildProcess {
  const script = fileURLToPath(new URL('./memory-sampler.ts', import.meta.url))
  return spawn(process.execPath, [script, String(process.pid)], { stdio: ['pipe', 'pipe', 'inherit'] })
}

async function stopSampler(sampler: ChildProcess): Promise<number> {
  let said = ''
  sampler.stdout?.on('data', (data: Buffer) => {
    said += data.toString()
  })
  sampler.stdin?.end()
  await new Promise((resolve) => sampler.once('close', resolve))
  return Number(said)
}
