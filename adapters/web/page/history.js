// @ts-check
// The exchanges of this tab, kept so that a reload loses nothing: in the tab's own session storage, which
// ends with the tab. It must not send anything.

/** @import { MessageContent, PageReply } from '../wire.ts' */

/**
 * @typedef {{ kind: 'waiting' } | { kind: 'unsent' }
 *   | { kind: 'failed', text: string, mayRetry: boolean }
 *   | { kind: 'answered', reply: PageReply | null }} Outcome
 */

/**
 * @typedef {object} Exchange
 * @property {string} key Identical for every repeat of one message.
 * @property {MessageContent | null} content Null when the assistant spoke first.
 * @property {string | null} label What the person said, as it is shown; null when it is not.
 * @property {Outcome} outcome
 * @property {string} [pressed] The feedback given.
 */

/** To be renamed when the shape below changes: older tabs then start afresh. */
const storageKey = 'exchanges-1'
const exchangesMax = 40

/** @returns {Exchange[]} */
export function loadExchanges() {
  try {
    const held = /** @type {Exchange[]} */ (JSON.parse(sessionStorage.getItem(storageKey) ?? '[]'))
    return Array.isArray(held) ? held : []
  } catch {
    return []
  }
}

/** Storage may be full or forbidden: then a reload starts afresh. @param {readonly Exchange[]} exchanges */
export function saveExchanges(exchanges) {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(exchanges.slice(-exchangesMax)))
  } catch {
    // Nothing depends on it.
  }
}

export const createKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
