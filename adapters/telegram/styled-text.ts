// Text with marks, cut to Telegram's limit and written as its HTML. A cut never falls into a tag: marks are closed and
// opened again. https://core.telegram.org/bots/api#html-style

import { splitText } from '../../src/chat/split-text.ts'

/** One run of text. A link is an http or https address. */
export type Span = {
  readonly text: string
  readonly mark?: 'b' | 'i' | { readonly href: string }
}

const joinSpans = (spans: readonly Span[]) => spans.map(({ text }) => text).join('')

/** Parts of at most `lengthMax` UTF-16 units of what is read, in order; only space at a cut is lost. */
export function splitSpans(spans: readonly Span[], lengthMax: number): Span[][] {
  const parts: Span[][] = []
  let rest = trimStart(spans)
  while (rest.length > 0) {
    // The first part needs no more than this, however long the rest is.
    const [head = ''] = splitText(joinSpans(rest).slice(0, 2 * lengthMax), lengthMax)
    parts.push(sliceSpans(rest, 0, head.length))
    rest = trimStart(sliceSpans(rest, head.length))
  }
  return parts
}

function sliceSpans(spans: readonly Span[], from: number, to = Infinity): Span[] {
  let at = 0
  return spans.flatMap((span) => {
    const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at))
    at += span.text.length
    return text === '' ? [] : [{ ...span, text }]
  })
}

function trimStart(spans: readonly Span[]): Span[] {
  const whole = joinSpans(spans)
  return sliceSpans(spans, whole.length - whole.trimStart().length)
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escapeText = (text: string) => text.replaceAll(/[&<>]/g, (found) => escapes[found] ?? found)

export const toHtml = (spans: readonly Span[]): string => spans.map(spanToHtml).join('')

function spanToHtml({ text, mark }: Span): string {
  const escaped = escapeText(text)
  if (mark === undefined) return escaped
  if (typeof mark === 'string') return `<${mark}>${escaped}</${mark}>`
  return `<a href="${escapeText(mark.href).replaceAll('"', '&quot;')}">${escaped}</a>`
}
