// Reads Telegram's HTML as its Bot API does: text, entities in UTF-16 units, and its own complaints.
// https://core.telegram.org/bots/api#html-style

export type Entity = {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
  readonly unix_time?: number
}

const types: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  'tg-time': 'date_time',
}
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }

const complain = (what: string) => new Error(`Bad Request: can't parse entities: ${what}`)

/** Only four names and numbers are entities; any other "&" is itself. */
const decode = (text: string) =>
  text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, dec, hex, name) => {
    if (name !== undefined) return named[String(name)] ?? whole
    return String.fromCodePoint(Number.parseInt(String(dec ?? hex), dec === undefined ? 16 : 10))
  })

export function parseHtml(html: string): { readonly text: string; readonly entities: Entity[] } {
  let text = ''
  const entities: Entity[] = []
  const open: { readonly tag: string; readonly offset: number; readonly value: string }[] = []
  for (let at = 0; at < html.length;) {
    if (html[at] !== '<') {
      const end = html.indexOf('<', at)
      const run = end === -1 ? html.slice(at) : html.slice(at, end)
      text += decode(run)
      at += run.length
      continue
    }
    const byte = Buffer.byteLength(html.slice(0, at))
    const end = html.indexOf('>', at)
    if (end === -1) throw complain(`Unclosed start tag at byte offset ${byte}`)
    const [, slash = '', tag = '', rest = ''] =
      /^<(\/?)([^\s>/]*)([^>]*)>$/.exec(html.slice(at, end + 1)) ?? []
    const type = types[tag.toLowerCase()]
    if (slash === '/') {
      const last = open.pop()
      if (last === undefined) throw complain(`Unexpected end tag at byte offset ${byte}`)
      if (tag !== '' && last.tag !== tag.toLowerCase()) {
        const expected = `expected "</${last.tag}>", found "</${tag}>"`
        throw complain(`Unmatched end tag at byte offset ${byte}, ${expected}`)
      }
      entities.push(close(last, text))
    } else {
      if (type === undefined)
        throw complain(`Unsupported start tag "${tag}" at byte offset ${byte}`)
      const value = /(?:href|unix)="([^"]*)"/.exec(rest)?.[1] ?? ''
      open.push({ tag: tag.toLowerCase(), offset: text.length, value: decode(value) })
    }
    at = end + 1
  }
  const [left] = open
  if (left !== undefined)
    throw complain(`Can't find end tag corresponding to start tag "${left.tag}"`)
  return { text, entities: entities.filter(({ length }) => length > 0) }
}

function close(
  { tag, offset, value }: { readonly tag: string; readonly offset: number; readonly value: string },
  text: string,
): Entity {
  const base = { type: types[tag] ?? '', offset, length: text.length - offset }
  if (tag === 'a') return { ...base, url: value }
  return tag === 'tg-time' ? { ...base, unix_time: Number(value) } : base
}
