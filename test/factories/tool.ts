import path from 'node:path'
import { vi } from 'vitest'

export interface ToolRun {
  code: number
  stdout: string
  stderr: string
}

type Write = typeof process.stdout.write
const SIGNALS = ['SIGTERM', 'SIGINT'] as const

let runs = 0

/**
 * A tool of src/bot/program/tools with these arguments and settings, in this process: nothing has to be loaded again. For what it says and
 * does; that it does so as a process of its own, the file of each tool shows besides.
 */
export async function runTool(name: string, args: string[], env: Record<string, string>): Promise<ToolRun> {
  const before = { argv: process.argv, umask: process.umask(), exitCode: process.exitCode }
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation(((text: string) => {
      printed[stream] += text
      return true
    }) as Write),
  )
  const listening = SIGNALS.map((signal) => process.listeners(signal))
  for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value)
  process.argv = [process.execPath, name, ...args]
  process.exitCode = 0
  runs += 1
  try {
    // The number makes it another module each time; all that it imports is there already.
    const tool = path.resolve(`src/bot/program/tools/${name}.ts?run=${runs}`)
    await import(tool)
    return { code: Number(process.exitCode), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
    process.umask(before.umask)
    for (const [index, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!listening[index]?.includes(listener)) process.off(signal, listener)
    Object.assign(process, { argv: before.argv, exitCode: before.exitCode })
  }
}
