// @ts-check
// A form block as a form of the page: fields with their labels, checked by the browser. It must not send anything.

import { createElement } from './elements.js'
import { labels } from './labels.js'

/** @import { FormBlock, FormField } from '../wire.ts' */

/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {() => string} read The value to send; several are separated by commas.
 * @property {() => string} say The value in words.
 */

const textLengthMax = 500
let fieldsCount = 0

/** @param {FormField} field */
const nameField = ({ label, isOptional }) => (isOptional ? `${label} ${labels.optional}` : label)

/** @param {FormField} field @param {HTMLInputElement | HTMLSelectElement} control @returns {HTMLElement} */
function joinLabel(field, control) {
  fieldsCount += 1
  control.id = `field-${fieldsCount}`
  control.required = !field.isOptional
  const label = createElement('label', { text: nameField(field), dir: 'auto' })
  label.htmlFor = control.id
  return createElement('div', { class: 'field' }, [label, control])
}

/** @param {Extract<FormField, { kind: 'text' }>} field @returns {Field} */
function createTextField(field) {
  const input = createElement('input', { dir: 'auto' })
  input.type = 'text'
  input.value = field.value
  input.placeholder = field.placeholder
  input.maxLength = textLengthMax
  const read = () => input.value.trim()
  return { element: joinLabel(field, input), read, say: read }
}

/** @param {Extract<FormField, { kind: 'select' }>} field @returns {Field} */
function createSelectField(field) {
  const select = createElement('select')
  const empty = field.isOptional || field.value === '' ? [{ value: '', label: '' }] : []
  for (const { value, label } of [...empty, ...field.options]) {
    select.append(new Option(label, value, false, value === field.value))
  }
  return {
    element: joinLabel(field, select),
    read: () => select.value,
    say: () => select.selectedOptions[0]?.label ?? '',
  }
}

/** Boxes to tick: a list that takes several choices only with a held key is none. @param {Extract<FormField, { kind: 'select' }>} field @returns {Field} */
function createTickField(field) {
  const chosen = new Set(field.value.split(','))
  const boxes = field.options.map(({ value, label }) => {
    const input = createElement('input')
    input.type = 'checkbox'
    input.value = value
    input.checked = chosen.has(value)
    return { input, label }
  })
  const checkChosen = () => {
    const isMissing = !field.isOptional && !boxes.some(({ input }) => input.checked)
    boxes[0]?.input.setCustomValidity(isMissing ? labels.chooseOne : '')
  }
  const ticks = boxes.map(({ input, label }) =>
    createElement('label', { class: 'tick', dir: 'auto' }, [input, label]),
  )
  const element = createElement('fieldset', { class: 'field' }, [
    createElement('legend', { text: nameField(field), dir: 'auto' }),
    ...ticks,
  ])
  element.addEventListener('change', checkChosen)
  checkChosen()
  const ticked = () => boxes.filter(({ input }) => input.checked)
  return {
    element,
    read: () =>
      ticked()
        .map(({ input }) => input.value)
        .join(','),
    say: () =>
      ticked()
        .map(({ label }) => label)
        .join(', '),
  }
}

/** @param {FormField} field */
function createField(field) {
  if (field.kind === 'text') return createTextField(field)
  return field.isMultiple ? createTickField(field) : createSelectField(field)
}

/**
 * @param {FormBlock} block
 * @param {(fields: Record<string, string>, words: string) => void} onSubmit `words` say what was filled in.
 */
export function createForm(block, onSubmit) {
  const fields = block.fields.map((field) => ({ id: field.id, ...createField(field) }))
  const submit = createElement('button', { text: block.submitLabel, dir: 'auto' })
  const form = createElement('form', { class: 'fields' }, [
    createElement('h2', { text: block.title, dir: 'auto' }),
    ...fields.map(({ element }) => element),
    submit,
  ])
  form.ariaLabel = block.title
  form.autocomplete = 'off'
  /** A second press sends nothing, until something was changed. */
  let isSent = false
  form.addEventListener('input', () => {
    isSent = false
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isSent) return
    isSent = true
    const said = fields.map(({ say }) => say()).filter((text) => text !== '')
    const filled = Object.fromEntries(fields.map(({ id, read }) => [id, read()]))
    onSubmit(filled, said.length === 0 ? block.title : `${block.title}: ${said.join('; ')}`)
  })
  return form
}
