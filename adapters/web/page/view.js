// @ts-check
// Turns an exchange (what was sent, what came back) into elements. It must not send or store anything.

import { createButton, createElement, createLink, createText } from './elements.js'
import { createFile } from './file.js'
import { createForm } from './form.js'
import { labels } from './labels.js'
import { createTimeline } from './timeline.js'

/** @import { Choice, MessageContent, PageBlock, PageReply } from '../wire.ts' */
/** @import { Exchange } from './history.js' */

/**
 * @typedef {object} Actions
 * @property {(choice: Choice, label: string | null) => void} choose `label` is null when nothing was said.
 * @property {(content: Extract<MessageContent, { kind: 'form' }>, label: string) => void} submit
 * @property {(exchange: Exchange) => void} retry
 * @property {() => void} changed
 */

/** @param {readonly string[]} items */
const createList = (items) =>
  createElement(
    'ul',
    {},
    items.map((text) => createElement('li', { text, dir: 'auto' })),
  )

let groupsCount = 0

/**
 * @param {Extract<PageBlock, { kind: 'choices' }>} block
 * @param {Exchange} exchange
 * @param {Actions} actions
 */
function createChoices(block, exchange, actions) {
  groupsCount += 1
  const isFeedback = block.role === 'feedback'
  const prompt = createElement('p', { text: block.prompt, dir: 'auto', id: `group-${groupsCount}` })
  const buttons = block.choices.map((choice) => {
    const button = createButton(choice.label, () => {
      if (isFeedback) {
        if (exchange.pressed !== undefined) return
        exchange.pressed = choice.id
        for (const other of buttons) press(other)
        actions.changed()
      }
      actions.choose(choice, isFeedback ? null : choice.label)
    })
    button.dataset['choice'] = choice.id
    return button
  })
  /** @param {HTMLButtonElement} button */
  const press = (button) => {
    button.setAttribute('aria-pressed', String(button.dataset['choice'] === exchange.pressed))
    button.setAttribute('aria-disabled', 'true')
  }
  if (isFeedback && exchange.pressed !== undefined) buttons.forEach(press)
  const group = createElement('div', { class: `choices ${block.role}` }, [prompt, ...buttons])
  group.setAttribute('role', 'group')
  if (block.prompt === '') prompt.remove()
  else group.setAttribute('aria-labelledby', prompt.id)
  return group
}

/** @param {Extract<PageBlock, { kind: 'answer' }>} block */
function createAnswer(block) {
  const sources = block.sources.map(({ text, url }) => {
    if (url === null) return createElement('li', { text, dir: 'auto' })
    const link = createLink(url, text)
    link.target = '_blank'
    return createElement('li', { dir: 'auto' }, [link])
  })
  const sourceList = createElement('ul', { class: 'sources' }, sources)
  sourceList.setAttribute('aria-label', labels.sources)
  return createElement('section', { class: 'passage' }, [
    ...(block.facetLabel === '' ? [] : [createText(block.facetLabel, 'facet')]),
    createElement('h2', { text: block.title, dir: 'auto' }),
    ...block.paragraphs.map((text) => createText(text)),
    ...(block.list.length === 0 ? [] : [createList(block.list)]),
    sourceList,
  ])
}

/** @param {PageBlock} block @param {Exchange} exchange @param {Actions} actions @returns {HTMLElement} */
function createBlock(block, exchange, actions) {
  switch (block.kind) {
    case 'text':
      return createText(block.text)
    case 'heading':
      return createElement('h2', { text: block.text, dir: 'auto' })
    case 'list':
      return createList(block.items)
    case 'answer':
      return createAnswer(block)
    case 'choices':
      return createChoices(block, exchange, actions)
    case 'timeline':
      return createTimeline(block)
    case 'file':
      return createFile(block)
    case 'form':
      return createForm(block, (fields, words) => {
        actions.submit({ kind: 'form', name: block.name, fields }, words)
      })
  }
}

/** Older browsers do not know a language's direction; `auto` then reads it from the first letter. @param {string} language */
function readDirection(language) {
  try {
    const locale = /** @type {{ getTextInfo?: () => { direction: string } }} */ (
      /** @type {unknown} */ (new Intl.Locale(language))
    )
    return locale.getTextInfo?.().direction ?? 'auto'
  } catch {
    return 'auto'
  }
}

/** @param {PageReply} reply @param {Exchange} exchange @param {Actions} actions */
function createReply(reply, exchange, actions) {
  const options = { class: 'reply', lang: reply.language, dir: readDirection(reply.language) }
  const blocks = reply.blocks.map((block) => createBlock(block, exchange, actions))
  return createElement('article', options, blocks)
}

/** @param {Exchange} exchange @param {Actions} actions @returns {readonly HTMLElement[]} */
function createOutcome(exchange, actions) {
  const { outcome } = exchange
  switch (outcome.kind) {
    case 'waiting':
      return [createText(labels.waiting, 'waiting')]
    case 'unsent':
      return [createText(labels.unsent, 'unsent')]
    case 'failed': {
      const retry = createButton(labels.tryAgain, () => {
        actions.retry(exchange)
      })
      const text = createText(outcome.text, 'error')
      return outcome.mayRetry ? [text, retry] : [text]
    }
    case 'answered':
      if (outcome.reply !== null) return [createReply(outcome.reply, exchange, actions)]
      // An answer to nothing said (feedback) may be silence; a question deserves a word.
      return exchange.label === null ? [] : [createText(labels.silent, 'unsent')]
  }
}

/** The exchange's element, and a function that brings it up to date. @param {Exchange} exchange @param {Actions} actions */
export function createExchange(exchange, actions) {
  const element = createElement('div', { class: 'exchange' })
  if (exchange.label !== null) {
    const asked = [
      createElement('span', { class: 'unseen', text: `${labels.you} ` }),
      createElement('span', { class: 'said', text: exchange.label, dir: 'auto' }),
    ]
    element.append(createElement('p', { class: 'question' }, asked))
  }
  /** @type {readonly HTMLElement[]} */
  let shown = []
  const update = () => {
    const next = createOutcome(exchange, actions)
    for (const old of shown) old.remove()
    element.append(...next)
    shown = next
  }
  update()
  return { element, update }
}
