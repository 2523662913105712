import { chooseInMenu, slackBot } from '../factories/slack.ts'
import { fakeProviders } from '../fakes/providers.ts'
import type { Message } from '../servers/slack/world.ts'
import type { StartFlow } from './driver.ts'

export const startSlackFlow: StartFlow = async (topic, texts) => {
  const { slack, create } = await slackBot({ program: { fakes: fakeProviders(texts) } })
  const { top } = await create(`create "${topic}" format:square`)
  const refusals = new Map<string, string>()
  const segments = () => slack.thread(top).filter(({ files }) => files.length === 0)
  const at = (place: number): Message => {
    const message = place === 0 ? top : segments()[place - 1]
    if (!message) throw new Error(`There is no message ${place}.`)
    return message
  }
  return {
    top: () => slack.shown(top),
    segments: () => segments().map((message) => slack.shown(message)),
    files: () =>
      slack
        .thread(top)
        .flatMap((message) => message.files.map(({ name }) => ({ name, text: slack.shown(message) }))),
    channel: () =>
      slack
        .messages()
        .filter((message) => message !== top)
        .map((message) => slack.shown(message)),
    told(who) {
      const last = slack.user(who).ephemerals().at(-1)
      return refusals.get(who) ?? (last ? slack.shown(last) : '')
    },
    async press(who, place, button) {
      await slack.user(who).press(at(place), button).acknowledged()
    },
    async choose(who, place, item) {
      await (await chooseInMenu(slack.user(who), at(place), item)).acknowledged()
    },
    async form(who, place, button) {
      const form = await slack.user(who).press(at(place), button).view()
      return async (values) => {
        const sent = slack.user(who).submit(form, values)
        await sent.acknowledged()
        refusals.delete(who)
        if (sent.fieldErrors) refusals.set(who, Object.values(sent.fieldErrors).join('\n'))
      }
    },
    complaints: () => slack.problems,
  }
}
