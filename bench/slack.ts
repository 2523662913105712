import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { compose } from '../src/bot/program/compose.ts'
import { loadSettings } from '../src/bot/program/config.ts'
import { startSlack as connect } from '../src/bot/surfaces/slack/start.ts'
import { fakeProviders } from '../test/fakes/providers.ts'
import { type Slack, startSlack } from '../test/servers/slack/index.ts'
import type { Person } from '../test/servers/slack/person.ts'
import type { Message } from '../test/servers/slack/world.ts'
import type { Figure } from './table.ts'

/** Measurements of each kind. */
const ROUNDS = 40
/** Milliseconds; Slack gives up after 3000, most of which the network and busy machines need. */
const GOAL = { acknowledged: 300, opened: 600 }

/** How fast the bot answers Slack, through the real Bolt and a fake Slack on this machine. */
export async function slackFigures(say: (step: string) => void): Promise<Figure[]> {
  say('Slack: acknowledgements')
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rushes-bench-'))
  const slack = await startSlack()
  const log = pino({ level: 'silent' })
  const program = await compose(loadSettings({ DATA_DIR: folder }), log, {
    rendersAhead: false,
    providers: fakeProviders(),
  })
  const { apiUrl, botToken, appToken } = slack
  await program.connect((bot) => connect({ apiUrl, botToken, appToken, port: 0 }, bot, log))
  await program.start()
  try {
    return await measure(slack, slack.user('ann'))
  } finally {
    await program.stop()
    await slack.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(slack: Slack, ann: Person): Promise<Figure[]> {
  ann.command('/draft create Tea')
  const top = await slack.until(() => slack.messages()[0])
  const segment = await slack.until(() => slack.thread(top).find((message) => isEditable(slack, message)))
  const commands: number[] = []
  const forms: number[] = []
  const saves: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    commands.push((await ann.command('/draft help').acknowledged()).ms)
    const press = ann.press(segment, 'Edit')
    const form = await press.view()
    forms.push(performance.now() - press.sentAt)
    saves.push((await ann.submit(form, { Narration: `Number ${round}.` }).acknowledged()).ms)
  }
  return [
    figure('Slack: a command is acknowledged', commands, GOAL.acknowledged),
    figure('Slack: a button opens its form', forms, GOAL.opened),
    figure('Slack: a form that was sent is saved and closed', saves, GOAL.opened),
  ]
}

function isEditable(slack: Slack, message: Message): boolean {
  return slack.shown(message).includes('[Edit]')
}

function figure(what: string, milliseconds: number[], goal: number): Figure {
  const sorted = milliseconds.toSorted((one, other) => one - other)
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
  return {
    what,
    goal: `95 of 100 within ${goal} ms`,
    measured: `half within ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms`,
    isMet: at(0.95) <= goal,
  }
}
