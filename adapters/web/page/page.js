// @ts-check
// The page: a log of exchanges, an input, a connection. Joins the parts beside it.

import { openComposer } from './composer.js'
import { openConnection } from './connection.js'
import { createButton, createText } from './elements.js'
import { createKey, loadExchanges, saveExchanges } from './history.js'
import { labels } from './labels.js'
import { openOutbox } from './outbox.js'
import { createExchange } from './view.js'

/** @import { Choice, MessageContent, SuggestionsAnswer } from '../wire.ts' */
/** @import { Exchange } from './history.js' */

/** @param {string} id */
const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

const language = new URLSearchParams(location.search).get('lang') ?? navigator.language
const log = find('log')
const exchanges = loadExchanges()
/** @type {Map<Exchange, () => void>} */
const updates = new Map()

/** @type {import('./view.js').Actions} */
const actions = {
  choose(choice, label) {
    say({ kind: 'choice', id: choice.id }, label)
  },
  submit: say,
  retry(exchange) {
    exchange.outcome = { kind: 'waiting' }
    refresh(exchange)
    outbox.add(exchange)
  },
  changed() {
    saveExchanges(exchanges)
  },
}

/** @param {Exchange} exchange */
function append(exchange) {
  const { element, update } = createExchange(exchange, actions)
  updates.set(exchange, update)
  log.append(element)
  find('examples').hidden = true
  return element
}

/** @param {Element | undefined | null} element */
function reveal(element) {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'auto' : 'smooth' })
}

/** @param {Exchange} exchange */
function refresh(exchange) {
  updates.get(exchange)?.()
  saveExchanges(exchanges)
  if (exchange === exchanges.at(-1)) reveal(log.lastElementChild)
}

/** @param {MessageContent} content @param {string | null} label */
function say(content, label) {
  /** @type {Exchange} */
  const exchange = { key: createKey(), content, label, outcome: { kind: 'waiting' } }
  exchanges.push(exchange)
  saveExchanges(exchanges)
  reveal(append(exchange))
  outbox.add(exchange)
}

/** A reply nobody asked for. A repeat of it is confirmed again, and shown once. @param {import('../wire.ts').PushedReply} pushed */
function take(pushed) {
  if (!exchanges.some((exchange) => exchange.key === pushed.id)) {
    /** @type {Exchange} */
    const exchange = {
      key: pushed.id,
      content: null,
      label: null,
      outcome: { kind: 'answered', reply: pushed.reply },
    }
    exchanges.push(exchange)
    saveExchanges(exchanges)
    reveal(append(exchange))
  }
  const body = JSON.stringify({ id: pushed.id })
  const headers = { 'Content-Type': 'application/json' }
  // A lost confirmation makes the send uncertain, which the assistant knows how to handle.
  fetch('api/receipts', { method: 'POST', headers, body }).catch(() => undefined)
}

let isLostShown = false
/** @param {boolean} isLost */
function showConnection(isLost) {
  if (isLost === isLostShown) return
  isLostShown = isLost
  const retry = createButton(labels.retryNow, () => {
    find('question').focus()
    connection.connect()
  })
  find('connection').replaceChildren(...(isLost ? [createText(labels.lost), retry] : []))
}

/** What scrolls into view must not end up under the input, which grows with the notice above it. */
function makeRoomForInput() {
  const root = document.documentElement
  const footer = /** @type {HTMLElement} */ (document.querySelector('footer'))
  let height = 0
  new ResizeObserver(() => {
    const grown = footer.offsetHeight - height
    height = footer.offsetHeight
    root.style.scrollPaddingBlockEnd = `${height + 16}px`
    const isAtEnd = root.scrollTop + root.clientHeight + Math.abs(grown) + 16 >= root.scrollHeight
    if (grown > 0 && exchanges.length > 0 && isAtEnd) scrollTo(0, root.scrollHeight)
  }).observe(footer)
}

/** @param {string} prefix @param {AbortSignal} [signal] @returns {Promise<readonly Choice[]>} */
async function fetchChoices(prefix, signal) {
  const query = new URLSearchParams({ q: prefix, lang: language })
  const response = await fetch(`api/suggestions?${query}`, signal ? { signal } : {})
  if (!response.ok) return []
  return /** @type {SuggestionsAnswer} */ (await response.json()).choices
}

async function showExamples() {
  const offered = await fetchChoices('').catch(() => [])
  const buttons = offered.map((choice) =>
    createButton(choice.label, () => {
      actions.choose(choice, choice.label)
    }),
  )
  const own = labels.examples.map((text) =>
    createButton(text, () => {
      say({ kind: 'question', text }, text)
    }),
  )
  find('examples-list').append(...(buttons.length > 0 ? buttons : own))
  find('examples').hidden = exchanges.length > 0
}

function fillLabels() {
  const words = new Map(Object.entries(labels.fixed))
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = words.get(element.getAttribute('data-text') ?? '') ?? ''
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.ariaLabel = words.get(element.getAttribute('data-label') ?? '') ?? ''
  }
}

fillLabels()
const connection = openConnection({
  url: 'api/events',
  onReply: take,
  onChange: showConnection,
})
const outbox = openOutbox({
  url: 'api/messages',
  language,
  ready: connection.ready,
  waitUntilBack: connection.waitUntilBack,
  onLost: connection.doubt,
  onChange: refresh,
})
openComposer({
  fetchChoices,
  onAsk(text) {
    say({ kind: 'question', text }, text)
  },
  onChoose(choice) {
    actions.choose(choice, choice.label)
  },
})

for (const name of /** @type {const} */ (['topics', 'deadlines', 'reminders', 'help', 'privacy'])) {
  const label = labels.commands[name]
  const button = createButton(label, () => {
    say({ kind: 'command', name, argument: '' }, label)
  })
  find('commands').append(button)
}
for (const exchange of exchanges) {
  append(exchange)
  if (['waiting', 'unsent'].includes(exchange.outcome.kind)) outbox.add(exchange)
}
makeRoomForInput()
void showExamples()
