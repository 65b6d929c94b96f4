// A form of a reply -> a modal, if Discord can show it whole. Pure; adds no words.
// The limits: https://docs.discord.com/developers/components/reference

import { ComponentType, TextInputStyle } from 'discord.js'
import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import { findChosen } from '../../src/chat/plain-text.ts'
import type { Block, FormField } from '../../src/chat/reply.ts'
import { shortenText } from '../../src/chat/split-text.ts'
import { optionLengthMax, optionsMax, renderMessages, toLabel } from './render.ts'

export const formPrefix = 'form:'
/** Of a title, and of a field's label. */
const labelLengthMax = 45
const componentsMax = 5
const textLengthMax = 4_000

/**
 * Null without a form, and when it holds more than a modal can: then the form's own words stand in for it.
 * @param blocks of the whole reply: what they say beside the form stands above its fields
 */
export function renderForm(
  blocks: readonly Block[],
): APIModalInteractionResponseCallbackData | null {
  const form = blocks.find((block) => block.kind === 'form')
  if (form === undefined) return null
  const { name, title, fields } = form
  // The offer to show it to everybody is about a message.
  const isShare = (block: Block) => block.kind === 'choices' && block.role === 'share'
  const others = blocks.filter((block) => block.kind !== 'form' && !isShare(block))
  const messages = renderMessages(others)
  const shown = messages.flatMap(({ components }) => components)
  const texts = shown.filter((component) => component.type === ComponentType.TextDisplay)
  const areTexts = messages.length < 2 && texts.length === shown.length
  const isWhole = areTexts && fields.every(canBeShown)
  if (!isWhole || fields.length === 0 || texts.length + fields.length > componentsMax) return null
  const inputs = fields.map((field) => ({
    type: ComponentType.Label as const,
    label: toLabel(field.label, labelLengthMax),
    component: field.kind === 'text' ? toInput(field) : toMenu(field),
  }))
  return {
    custom_id: `${formPrefix}${name}`,
    title: toLabel(title, labelLengthMax),
    components: [...texts, ...inputs],
  }
}

function canBeShown(field: FormField): boolean {
  if (field.kind === 'text') return field.value.length <= textLengthMax
  const { options } = field
  const areShort = options.every(
    ({ value }) => value.trim() !== '' && value.length <= optionLengthMax,
  )
  return options.length > 0 && options.length <= optionsMax && areShort
}

type Field<Kind extends FormField['kind']> = FormField & { readonly kind: Kind }

const toInput = ({ id, value, placeholder, isOptional }: Field<'text'>) => ({
  type: ComponentType.TextInput as const,
  custom_id: id,
  style: TextInputStyle.Short as const,
  required: !isOptional,
  ...(value !== '' && { value }),
  ...(placeholder !== '' && { placeholder: shortenText(placeholder, optionLengthMax) }),
})

function toMenu(field: Field<'select'>) {
  const { id, options, isOptional, isMultiple } = field
  // Discord refuses a menu with more chosen than may be.
  const chosen = findChosen(field).slice(0, isMultiple ? optionsMax : 1)
  return {
    type: ComponentType.StringSelect as const,
    custom_id: id,
    required: !isOptional,
    min_values: isOptional ? 0 : 1,
    max_values: isMultiple ? options.length : 1,
    options: options.map((option) => ({
      value: option.value,
      label: toLabel(option.label, optionLengthMax),
      default: chosen.includes(option),
    })),
  }
}
