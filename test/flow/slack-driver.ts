import { chooseInMenu, controlsOf, slackBot } from '../factories/slack.ts'
import { fakeProviders } from '../fakes/providers.ts'
import type { Message } from '../servers/slack/world.ts'
import { LAST, type StartFlow } from './driver.ts'

export const startSlackFlow: StartFlow = async (topic, texts) => {
  const { slack, create } = await slackBot({ program: { fakes: fakeProviders(texts) } })
  const { top } = await create(`create "${topic}" format:square`)
  const refusals = new Map<string, string>()
  const segments = () =>
    slack
      .thread(top)
      .filter((message) => /Segment \d/.test(slack.shown(message)) && message.files.length === 0)
  const at = (place: number): Message => {
    const message = place === 0 ? top : place === LAST ? controlsOf(slack, top) : segments()[place - 1]
    if (!message) throw new Error(`There is no message ${place}.`)
    return message
  }
  return {
    top: () => slack.shown(top),
    segments: () => segments().map((message) => slack.shown(message)),
    last: () => slack.shown(controlsOf(slack, top)),
    channel: () => slack.messages().map((message) => slack.shown(message)),
    async files(who) {
      const answer = await slack.user(who).press(top, 'Download').reply()
      const [link] = slack.links(answer)
      const at = slack.thread(top).find(({ ts }) => link?.url.includes(ts.replace('.', '')))
      return (at?.files ?? []).map(({ name }) => name)
    },
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
