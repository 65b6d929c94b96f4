// @ts-check
// The input with its suggestions: the ARIA combobox pattern with a list box. Arrow keys choose, Enter takes,
// Escape closes. It must not know what becomes of a question.

import { createElement } from './elements.js'
import { labels } from './labels.js'

/** @import { Choice } from '../wire.ts' */

const pauseMs = 120
const prefixLengthMin = 2

/** @param {string} id */
const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

/** The open list: what is offered and which option is active. @param {HTMLInputElement} input @param {(choice: Choice) => void} onTake */
function createListBox(input, onTake) {
  const list = find('suggestions')
  const count = find('suggestions-count')
  /** @type {readonly Choice[]} */
  let choices = []
  let active = -1

  function mark() {
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(index === active))
      if (index === active) option.scrollIntoView({ block: 'nearest' })
    }
    if (active < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `option-${active}`)
  }

  /** @param {readonly Choice[]} next */
  function show(next) {
    choices = next
    active = -1
    const options = next.map((choice, index) => {
      const option = createElement('li', { text: choice.label, dir: 'auto', id: `option-${index}` })
      option.setAttribute('role', 'option')
      // Keeps the focus in the input, so that the list does not close before the click.
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault()
      })
      option.addEventListener('click', () => {
        onTake(choice)
      })
      return option
    })
    list.replaceChildren(...options)
    list.hidden = next.length === 0
    input.setAttribute('aria-expanded', String(next.length > 0))
    count.textContent = next.length === 0 ? '' : labels.suggestionsCount(next.length)
    mark()
  }

  return {
    show,
    isOpen: () => choices.length > 0,
    active: () => choices[active],
    /** One past either end is the input itself. @param {1 | -1} step */
    move(step) {
      const size = choices.length + 1
      active = ((active + 1 + step + size) % size) - 1
      mark()
    },
  }
}

/** Asks for completions after a pause in typing; only the last answer counts. @param {(prefix: string, signal: AbortSignal) => Promise<readonly Choice[]>} fetchChoices @param {(choices: readonly Choice[]) => void} onChoices */
function createCompleter(fetchChoices, onChoices) {
  let timer = 0
  let controller = new AbortController()
  const cancel = () => {
    clearTimeout(timer)
    controller.abort()
  }
  /** @param {string} prefix */
  const ask = async (prefix) => {
    controller = new AbortController()
    const { signal } = controller
    // Without suggestions a question can still be asked, so a failure is silent.
    const choices = await fetchChoices(prefix, signal).catch(() => [])
    if (!signal.aborted) onChoices(choices)
  }
  return {
    cancel,
    /** @param {string} prefix */
    type(prefix) {
      cancel()
      if (prefix.length < prefixLengthMin) onChoices([])
      else timer = setTimeout(() => void ask(prefix), pauseMs)
    },
  }
}

/**
 * @param {object} options
 * @param {(prefix: string, signal: AbortSignal) => Promise<readonly Choice[]>} options.fetchChoices
 * @param {(text: string) => void} options.onAsk
 * @param {(choice: Choice) => void} options.onChoose
 */
export function openComposer({ fetchChoices, onAsk, onChoose }) {
  const input = /** @type {HTMLInputElement} */ (find('question'))
  const listBox = createListBox(input, take)
  const completer = createCompleter(fetchChoices, listBox.show)
  input.placeholder = labels.inputHint

  function close() {
    completer.cancel()
    listBox.show([])
  }
  /** @param {Choice} choice */
  function take(choice) {
    close()
    input.value = ''
    onChoose(choice)
  }
  input.addEventListener('input', () => {
    completer.type(input.value.trim())
  })
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || !listBox.isOpen()) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      listBox.move(event.key === 'ArrowDown' ? 1 : -1)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      close()
    }
  })
  find('composer').addEventListener('submit', (event) => {
    event.preventDefault()
    const active = listBox.active()
    const text = input.value.trim()
    input.focus()
    if (active !== undefined) take(active)
    else if (text !== '') {
      close()
      input.value = ''
      onAsk(text)
    }
  })
  // On a touch screen the focus would open the keyboard over the page.
  if (matchMedia('(pointer: fine)').matches) input.focus()
}
