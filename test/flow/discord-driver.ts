import { discordBot, readable } from '../factories/discord.ts'
import { fakeProviders } from '../fakes/providers.ts'
import type { Message } from '../servers/discord/types.ts'
import { LAST, type StartFlow } from './driver.ts'

export const startDiscordFlow: StartFlow = async (topic, texts) => {
  const { discord, create, ...people } = await discordBot({ program: { fakes: fakeProviders(texts) } })
  const draft = await create({ options: { topic, format: 'square' } })
  const replies = () => draft.messages().slice(1)
  const isSegment = (message: Message) => readable(message).includes('Segment ')
  const segments = () => replies().filter(isSegment)
  const at = (place: number): Message => {
    const message = place === 0 ? draft.top() : place === LAST ? draft.controls() : segments()[place - 1]
    if (!message) throw new Error(`There is no message ${place}.`)
    return message
  }
  return {
    top: () => readable(draft.top()),
    segments: () => segments().map(readable),
    last: () => readable(draft.controls()),
    channel: () => discord.messages(discord.channel).map(readable),
    async files(who) {
      const [message] = await people[who]
        .press(discord.messages(discord.channel).at(-1) ?? draft.top(), 'Download')
        .privateMessages()
      return (message?.attachments ?? []).map(({ filename }) => filename)
    },
    told(who) {
      const person = people[who]
      return readable(person.sees(draft.thread).findLast(({ visibleTo }) => visibleTo === person.id))
    },
    async press(who, place, button) {
      await people[who].press(at(place), button).acknowledged()
    },
    async choose(who, place, item) {
      await people[who].choose(at(place), 'More…', item).acknowledged()
    },
    async form(who, place, button) {
      const modal = await people[who].press(at(place), button).modal()
      return async (values) => void (await people[who].submit(modal, values).acknowledged())
    },
    complaints: () => discord.violations,
  }
}
