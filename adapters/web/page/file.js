// @ts-check
// A file to take along: a download made in the page, and the address at which a calendar can be subscribed to.

import { createButton, createElement, createLink, createText } from './elements.js'
import { labels } from './labels.js'

/** @import { PageBlock } from '../wire.ts' */

/** Needs a page served over https or from this machine; without it the address can still be marked. @param {string} url */
function createCopyButton(url) {
  const button = createButton(labels.copy, () => {
    navigator.clipboard.writeText(url).then(
      () => {
        button.textContent = labels.copied
      },
      () => undefined,
    )
  })
  button.hidden = !isSecureContext
  return button
}

/** @param {string} url */
const createFeed = (url) =>
  createElement('div', { class: 'feed' }, [
    createText(labels.subscribe),
    createElement('code', { text: url, dir: 'ltr' }),
    createElement('div', { class: 'choices' }, [
      createCopyButton(url),
      // Calendar programs take this scheme as a wish to subscribe.
      createLink(url.replace(/^https?:/, 'webcal:'), labels.openCalendar),
    ]),
  ])

/** @param {Extract<PageBlock, { kind: 'file' }>} block */
export function createFile({ name, mediaType, content, label, url }) {
  const blob = new Blob([content], { type: mediaType })
  const link = createLink(URL.createObjectURL(blob), labels.download(name))
  link.download = name
  const isFeed = url !== null && mediaType.startsWith('text/calendar')
  return createElement('section', { class: 'file' }, [
    createText(label),
    createElement('p', {}, [link]),
    ...(isFeed ? [createFeed(url)] : []),
  ])
}
