// What stands in a view and not in a message: a form, a reply on the Home tab, the tab itself. Pure; adds no words.

import type { types } from '@slack/bolt'
import type { FormName } from '../../src/chat/message.ts'
import { formToText } from '../../src/chat/plain-text.ts'
import type { Block, Choice, FormBlock, FormField } from '../../src/chat/reply.ts'
import { chunk, labelLengthMax, renderPieces, toPlainText } from './render.ts'

type Input = types.PlainTextInput | types.StaticSelect | types.MultiStaticSelect

const viewBlocksMax = 100
const titleLengthMax = 24
const inputLabelLengthMax = 2_000
const placeholderLengthMax = 150
const inputLengthMax = 3_000
const optionsInGroupMax = 100

export const toCallbackId = (name: FormName) => `form:${name}`

/** @param origin comes back with the form; at most 3,000 characters */
export const renderForm = (form: FormBlock, origin: string): types.ModalView => ({
  type: 'modal',
  callback_id: toCallbackId(form.name),
  private_metadata: origin,
  title: toPlainText(form.title, titleLengthMax),
  submit: toPlainText(form.submitLabel, titleLengthMax),
  blocks: form.fields.map((field) => ({
    type: 'input',
    block_id: field.id,
    label: toPlainText(field.label, inputLabelLengthMax),
    optional: field.isOptional,
    element: renderField(field),
  })),
})

export const renderDialog = (blocks: readonly Block[], title: string): types.ModalView => ({
  type: 'modal',
  title: toPlainText(title, titleLengthMax),
  blocks: toViewBlocks(blocks),
})

/** @param buttons what to ask for from the tab's end; their ids become the actions' */
export function renderHome(blocks: readonly Block[], buttons: readonly Choice[]): types.HomeView {
  const elements = buttons.map(({ id, label }) => ({
    type: 'button' as const,
    action_id: id,
    text: toPlainText(label, labelLengthMax),
  }))
  const shown = toViewBlocks(blocks).slice(0, viewBlocksMax - 1)
  return { type: 'home', blocks: [...shown, { type: 'actions', elements }] }
}

/** A form shows what it holds. */
const toViewBlocks = (blocks: readonly Block[]) =>
  renderPieces(
    blocks.map((block) =>
      block.kind === 'form' ? { kind: 'text', text: formToText(block) } : block,
    ),
  )
    .slice(0, viewBlocksMax)
    .map(({ block }) => block)

function renderField(field: FormField): Input {
  if (field.kind === 'text') {
    const placeholder = toPlainText(field.placeholder, placeholderLengthMax)
    return {
      type: 'plain_text_input',
      action_id: field.id,
      ...(field.placeholder && { placeholder }),
      ...(field.value && { initial_value: field.value.slice(0, inputLengthMax) }),
    }
  }
  const options = field.options.map(({ value, label }) => ({
    text: toPlainText(label, labelLengthMax),
    value,
  }))
  const held = field.value.split(',')
  const chosen = options.filter(({ value }) => held.includes(value))
  const [first] = chosen
  const menu = { action_id: field.id, ...groupOptions(options) }
  return field.isMultiple
    ? { type: 'multi_static_select', ...menu, ...(first && { initial_options: chosen }) }
    : { type: 'static_select', ...menu, ...(first && { initial_option: first }) }
}

/** A menu holds 100 options, or a hundred groups of as many, each with a name. */
function groupOptions(options: types.PlainTextOption[]) {
  if (options.length <= optionsInGroupMax) return { options }
  const option_groups = chunk(options, optionsInGroupMax).map((group, at) => ({
    label: toPlainText(`${at * optionsInGroupMax + 1} –`, labelLengthMax),
    options: group,
  }))
  return { option_groups }
}
