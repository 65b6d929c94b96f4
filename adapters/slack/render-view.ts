// What stands in a view and not in a message: a form, a reply on the Home tab, the tab itself. Pure; adds no words.

import type { types } from '@slack/bolt'
import type { FormName } from '../../src/chat/message.ts'
import { findChosen, formToText } from '../../src/chat/plain-text.ts'
import type { Block, FormBlock, FormField } from '../../src/chat/reply.ts'
import { chunk } from '../../src/chat/split-text.ts'
import { labelLengthMax, renderPieces, toButton, toPlainText } from './render.ts'

const viewBlocksMax = 100
const titleLengthMax = 24
const inputLabelLengthMax = 2_000
const placeholderLengthMax = 150
const inputLengthMax = 3_000
const optionsInGroupMax = 100

/** How a button of a command is told from a choice's. */
export const commandPrefix = 'command:'
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

/** For what was pressed on the Home tab. The name is no word of any language. */
export const renderDialog = (blocks: readonly Block[]): types.ModalView => ({
  type: 'modal',
  title: toPlainText('OGP', titleLengthMax),
  blocks: toViewBlocks(blocks),
})

export const renderHome = (blocks: readonly Block[]): types.HomeView => ({
  type: 'home',
  blocks: toViewBlocks(blocks),
})

/** A form is a button that opens it; settings also show what they are. */
const toViewBlocks = (blocks: readonly Block[]): types.KnownBlock[] => {
  const texts = blocks.flatMap((block): Block[] => {
    if (block.kind !== 'form') return [block]
    return block.name === 'settings' ? [{ kind: 'text', text: formToText(block) }] : []
  })
  const forms = blocks.filter((block) => block.kind === 'form')
  const openers = forms.map(({ name, title }) => toButton(`${commandPrefix}${name}`, title, name))
  const shown = renderPieces(texts).map(({ block }) => block)
  const actions = { type: 'actions', elements: openers } as const
  return [...shown.slice(0, viewBlocksMax - 1), ...(openers.length > 0 ? [actions] : [])]
}

function renderField(field: FormField): types.InputBlock['element'] {
  if (field.kind === 'text') {
    const placeholder = toPlainText(field.placeholder, placeholderLengthMax)
    return {
      type: 'plain_text_input',
      action_id: field.id,
      ...(field.placeholder && { placeholder }),
      ...(field.value && { initial_value: field.value.slice(0, inputLengthMax) }),
    }
  }
  const groups = chunk(field.options.map(toOption), optionsInGroupMax)
  // A menu holds 100 options, or a hundred groups of as many, each with a name.
  const option_groups = groups.map((options, at) => {
    return { label: toPlainText(`${at + 1}/${groups.length}`, labelLengthMax), options }
  })
  const [options = []] = groups
  const menu = { action_id: field.id, ...(groups.length > 1 ? { option_groups } : { options }) }
  const chosen = findChosen(field).map(toOption)
  const [first] = chosen
  return field.isMultiple
    ? { type: 'multi_static_select', ...menu, ...(first && { initial_options: chosen }) }
    : { type: 'static_select', ...menu, ...(first && { initial_option: first }) }
}

const toOption = ({ value, label }: { readonly value: string; readonly label: string }) => {
  return { text: toPlainText(label, labelLengthMax), value }
}
