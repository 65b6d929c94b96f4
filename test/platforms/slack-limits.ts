// What Slack refuses: every documented limit of messages and views, with Slack's own error codes.
// https://docs.slack.dev/reference/block-kit/blocks - it must not know the adapter.

export type Json = { readonly [key: string]: unknown }

const sectionTextMax = 3_000
const messageBlocksMax = 50
const viewBlocksMax = 100
const messageTextMax = 40_000
/** Not documented; seen at slackapi/bolt-js#2509. */
const messageBlocksLengthMax = 13_200

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const lengthOf = (value: unknown) => (typeof value === 'string' ? value.length : -1)

/** What is wrong with a text object; empty when nothing is. */
function checkText(value: unknown, lengthMax: number, types = ['plain_text']): string[] {
  if (!isObject(value) || !types.includes(String(value['type']))) return ['no text object']
  const length = lengthOf(value['text'])
  return length >= 1 && length <= lengthMax ? [] : [`text of ${length}, 1 to ${lengthMax} allowed`]
}

function checkOption(option: Json): string[] {
  const length = lengthOf(option['value'])
  return [
    ...checkText(option['text'], 75),
    ...(length >= 1 && length <= 75 ? [] : ['option value']),
  ]
}

function checkMenu(element: Json): string[] {
  const groups = list(element['option_groups'])
  const options = list(element['options'])
  const sets = groups.length > 0 ? groups.map((group) => list(group['options'])) : [options]
  return [
    ...(groups.length > 100 ? ['too many groups'] : []),
    ...groups.flatMap((group) => checkText(group['label'], 75)),
    ...sets.flatMap((set) => (set.length >= 1 && set.length <= 100 ? [] : ['1 to 100 options'])),
    ...sets.flat().flatMap(checkOption),
  ]
}

function checkElement(element: Json): string[] {
  const actionId = lengthOf(element['action_id'])
  const id = actionId >= 1 && actionId <= 255 ? [] : ['action_id']
  const placeholder =
    element['placeholder'] === undefined ? [] : checkText(element['placeholder'], 150)
  switch (element['type']) {
    case 'button':
      return [
        ...id,
        ...checkText(element['text'], 75),
        ...(lengthOf(element['value'] ?? '') <= 2_000 ? [] : ['value']),
      ]
    case 'static_select':
    case 'multi_static_select':
      return [...id, ...placeholder, ...checkMenu(element)]
    case 'plain_text_input':
      return [
        ...id,
        ...placeholder,
        ...(lengthOf(element['initial_value'] ?? '') <= 3_000 ? [] : ['initial_value']),
      ]
    default:
      return [`unknown element ${String(element['type'])}`]
  }
}

function checkBlock(block: Json): string[] {
  const elements = list(block['elements'])
  switch (block['type']) {
    case 'section':
      return checkText(block['text'], sectionTextMax, ['plain_text', 'mrkdwn'])
    case 'header':
      return checkText(block['text'], 150)
    case 'context':
      return [
        ...(elements.length >= 1 && elements.length <= 10 ? [] : ['1 to 10 elements']),
        ...elements.flatMap((element) =>
          checkText(element, sectionTextMax, ['plain_text', 'mrkdwn']),
        ),
      ]
    case 'actions':
      return [
        ...(elements.length >= 1 && elements.length <= 25 ? [] : ['1 to 25 elements']),
        ...elements.flatMap(checkElement),
      ]
    case 'input':
      return [
        ...(lengthOf(block['block_id'] ?? '') <= 255 ? [] : ['block_id']),
        ...checkText(block['label'], 2_000),
        ...(isObject(block['element']) ? checkElement(block['element']) : ['no element']),
      ]
    default:
      return [`unknown block ${String(block['type'])}`]
  }
}

function checkBlocks(blocks: readonly Json[], blocksMax: number): string[] {
  const ids = blocks.flatMap((block) => list(block['elements']).map((one) => one['action_id']))
  const named = ids.filter((id) => id !== undefined)
  return [
    ...(blocks.length <= blocksMax ? [] : [`${blocks.length} blocks, ${blocksMax} allowed`]),
    ...(new Set(named).size === named.length ? [] : ['an action_id twice']),
    ...blocks.flatMap(checkBlock),
  ]
}

/** All the texts that a block shows, as they were sent. */
export function readTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readTexts)
  if (!isObject(value)) return []
  const own = typeof value['text'] === 'string' ? [value['text']] : []
  return [...own, ...Object.values(value).flatMap(readTexts)]
}

export type Refusal = { readonly error: string; readonly messages?: readonly string[] } | null

/** Of chat.postMessage, chat.postEphemeral and a response_url. */
export function checkMessage(message: Json): Refusal {
  const blocks = list(message['blocks'])
  if (blocks.length === 0 && lengthOf(message['text']) < 1) return { error: 'no_text' }
  if (lengthOf(message['text'] ?? '') > messageTextMax) return { error: 'msg_too_long' }
  const messages = checkBlocks(blocks, messageBlocksMax)
  if (messages.length > 0) return { error: 'invalid_blocks', messages }
  const length = readTexts(blocks).join('').length
  return length > messageBlocksLengthMax ? { error: 'msg_blocks_too_long' } : null
}

/** Of views.open and views.publish. */
export function checkView(view: unknown): Refusal {
  if (!isObject(view)) return { error: 'invalid_arguments' }
  const isModal = view['type'] === 'modal'
  const messages = [
    ...(isModal ? checkText(view['title'], 24) : []),
    ...(view['submit'] === undefined ? [] : checkText(view['submit'], 24)),
    ...(lengthOf(view['private_metadata'] ?? '') <= 3_000 ? [] : ['private_metadata']),
    ...(lengthOf(view['callback_id'] ?? '') <= 255 ? [] : ['callback_id']),
    ...checkBlocks(list(view['blocks']), viewBlocksMax),
  ]
  const hasInput = list(view['blocks']).some((block) => block['type'] === 'input')
  if (isModal && hasInput && view['submit'] === undefined) messages.push('submit is needed')
  return messages.length > 0 ? { error: 'invalid_arguments', messages } : null
}
