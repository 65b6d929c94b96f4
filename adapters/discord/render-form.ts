// A form of a reply -> a modal, if Discord can show it whole. Pure; adds no words.
// The limits: https://docs.discord.com/developers/components/reference

import { ComponentType, TextInputStyle } from 'discord.js'
import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import type { Block, FormField } from '../../src/chat/reply.ts'
import { findChosen } from '../../src/chat/plain-text.ts'
import { shortenText } from '../../src/chat/split-text.ts'
import { renderMessages } from './render.ts'

export const formPrefix = 'form:'
const titleLengthMax = 45
const labelLengthMax = 45
const componentsMax = 5
const optionsMax = 25
const optionLengthMax = 100
const placeholderLengthMax = 100
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
  const { fields } = form
  // The offer to show it to everybody is about a message.
  const others = blocks.filter((block) => block.kind !== 'form' && !isShare(block))
  const [introduction, ...rest] = renderMessages(others)
  const texts = introduction?.components ?? []
  const areTexts = texts.every((component) => component.type === ComponentType.TextDisplay)
  const isWhole = rest.length === 0 && areTexts && fields.every(canBeShown)
  if (!isWhole || fields.length === 0 || texts.length + fields.length > componentsMax) return null
  const inputs = fields.map((field) => ({
    type: ComponentType.Label as const,
    label: shortenText(field.label, labelLengthMax) || '…',
    component: field.kind === 'text' ? toInput(field) : toMenu(field),
  }))
  return {
    custom_id: `${formPrefix}${form.name}`,
    title: shortenText(form.title, titleLengthMax) || '…',
    components: [...texts, ...inputs],
  }
}

const isShare = (block: Block) => block.kind === 'choices' && block.role === 'share'

function canBeShown(field: FormField): boolean {
  if (field.kind === 'text') return field.value.length <= textLengthMax
  const { options } = field
  const areShort = options.every(({ value }) => value !== '' && value.length <= optionLengthMax)
  return options.length > 0 && options.length <= optionsMax && areShort
}

type Field<Kind extends FormField['kind']> = FormField & { readonly kind: Kind }

const toInput = ({ id, value, placeholder, isOptional }: Field<'text'>) => ({
  type: ComponentType.TextInput as const,
  custom_id: id,
  style: TextInputStyle.Short as const,
  required: !isOptional,
  max_length: textLengthMax,
  ...(value !== '' && { value }),
  ...(placeholder !== '' && { placeholder: shortenText(placeholder, placeholderLengthMax) }),
})

function toMenu(field: Field<'select'>) {
  const { id, options, isOptional, isMultiple } = field
  const preset = findChosen(field)
  // Discord refuses a menu with more chosen than may be.
  const chosen = isMultiple ? preset : preset.slice(0, 1)
  return {
    type: ComponentType.StringSelect as const,
    custom_id: id,
    required: !isOptional,
    min_values: isOptional ? 0 : 1,
    max_values: isMultiple ? options.length : 1,
    options: options.map((option) => ({
      value: option.value,
      label: shortenText(option.label, optionLengthMax) || '…',
      default: chosen.includes(option),
    })),
  }
}
