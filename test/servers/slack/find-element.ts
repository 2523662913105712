import type { Block } from './blocks.ts'
import { type Interactive, interactiveOf } from './validate.ts'
import type { Message, OpenView } from './world.ts'

export interface Found {
  block: Block
  element: Interactive
}
export type Target = Message | OpenView

export function isView(target: Target): target is OpenView {
  return 'payload' in target
}

/** Where a person looks for a button: in what is shown now, or (`stale`) in earlier versions as well. */
function blocksOf(target: Target, stale: boolean): Block[] {
  if (isView(target)) return target.payload.blocks
  return stale ? [...target.versions.flatMap((v) => v.blocks), ...target.blocks] : target.blocks
}

/**
 * Finds one element by its action id (or a pattern for it) or by the words on it; among several, the one with this item. Throws
 * if none is found or if several are left.
 */
export function findElement(target: Target, which: string | RegExp, stale = false, item?: string): Found {
  const all = blocksOf(target, stale).flatMap((block) =>
    interactiveOf(block).map((element) => ({ block, element })),
  )
  const byId = all.filter(({ element }) =>
    typeof which === 'string' ? element.action_id === which : which.test(element.action_id ?? ''),
  )
  const named = byId.length > 0 ? byId : all.filter((one) => labelsOf(one).includes(String(which)))
  const offering = named.filter(({ element }) => item !== undefined && itemsOf(element).includes(item))
  const found = offering.length > 0 ? offering : named
  const distinct = new Map(found.map((one) => [`${one.block.block_id}/${one.element.action_id}`, one]))
  const last = [...distinct.values()].at(-1)
  if (last === undefined || (distinct.size > 1 && !stale)) {
    const names = all.map((one) => `${labelsOf(one).join(' / ')} (${one.element.action_id})`).join(', ')
    throw new Error(`${distinct.size} elements are called “${which}”. There are: ${names || 'none'}`)
  }
  return last
}

/** The choices of an element, by labels and values. */
function itemsOf(element: Interactive): string[] {
  const options = 'options' in element ? (element.options ?? []) : []
  return options.flatMap(({ text, value }) => [text.text, value])
}

/** The words by which a person would recognize an element. */
function labelsOf({ block, element }: Found): string[] {
  const labels: string[] = []
  if (element.type === 'button') labels.push(element.text.text)
  if (element.type === 'overflow') labels.push('More', '…')
  if ('placeholder' in element && element.placeholder !== undefined) labels.push(element.placeholder.text)
  if (block.type === 'input') labels.push(block.label.text)
  return labels
}
