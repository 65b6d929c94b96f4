// What people read of a message in Discord: its Markdown interpreted as Discord's own client does it, marks taken away.
// It must not know the adapter. Anything still alive (a mention, a hidden link, a spoiler) is shown in double braces.

import { asJson, asList, asText, type Json } from './discord-limits.ts'

type Rule = readonly [RegExp, (match: RegExpExecArray) => string]

/** In the order in which Discord tries them. A backslash hides any punctuation. */
const rules: readonly Rule[] = [
  [/^\\([^0-9A-Za-z\s])/, ([, mark = '']) => mark],
  [/^```[\s\S]*?```|^`[^`]+`/, ([code]) => `{{code ${code}}}`],
  [
    /^\[((?:\\.|[^\]\\])+)\]\(<([^<>\s]+)>\)/,
    ([, label = '', url = '']) => `${show(label)} ${url}`,
  ],
  [/^\[([^\]]*)\]\([^)]*\)/, ([link]) => `{{link ${link}}}`],
  [/^(?:https?):\/\/[^\s<]+[^<.,:;"'\]\s]/, ([url]) => url],
  [/^<(?:@[!&]?\d+|#\d+|t:-?\d+(?::\w)?|a?:\w+:\d+|\/[^:>]+:\d+|id:\w+)>/, ([one]) => `{{${one}}}`],
  [/^<[a-z]+:\/\/[^>\s]+>/, ([one]) => `{{${one}}}`],
  [/^@(?:everyone|here)\b/, ([one]) => `{{${one}}}`],
  [/^:\w+:/, ([one]) => `{{${one}}}`],
  [/^\|\|([\s\S]+?)\|\|/, ([one]) => `{{spoiler ${one}}}`],
  [/^\*\*((?:\\[\s\S]|[^\\*])+)\*\*/, ([, inner = '']) => show(inner)],
  [/^(\*|_|~~)(?=\S)((?:\\[\s\S]|(?!\1)[^\\])+)\1/, ([one]) => `{{emphasis ${one}}}`],
  [/^[\s\S]+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|\w+:\S|$)/, ([word]) => word],
]

function show(text: string): string {
  let shown = ''
  let rest = text
  while (rest !== '') {
    let taken = rest.charAt(0)
    let said = taken
    for (const [pattern, tell] of rules) {
      const match = pattern.exec(rest)
      if (match === null) continue
      taken = match[0]
      said = tell(match)
      break
    }
    shown += said
    rest = rest.slice(taken.length)
  }
  return shown
}

/** Marks of a line's beginning are the adapter's own; of a text shown as it stands there must be none. */
const showLine = (line: string) => {
  const mark = /^(?:#{1,3} |-# |\s*[-*+] |>{1,3} )/.exec(line)?.[0] ?? ''
  return show(line.slice(mark.length))
}

export const showMarkdown = (text: string): string => text.split('\n').map(showLine).join('\n')

/** The beginning of lines kept: for text that has to come through exactly. */
export const showExactly = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      const isMarked = /^\s*(?:#{1,3} |-# |[-*+] |>{1,3} |\d+[.)] )/.test(line)
      return isMarked ? `{{${line}}}` : show(line)
    })
    .join('\n')

export function showMessage(message: Json): string {
  const lines = asList(message['components']).flatMap((one): string[] => {
    switch (one['type']) {
      case 10:
        return [showMarkdown(asText(one['content']))]
      case 13:
        return [asText(asJson(one['file'])['url'])]
      default:
        return asList(one['components']).flatMap((inner) => [
          ...(inner['label'] === undefined ? [] : [`[${asText(inner['label'])}]`]),
          ...asList(inner['options']).map((option) => `(${asText(option['label'])})`),
        ])
    }
  })
  return [showMarkdown(asText(message['content'])), ...lines].filter(Boolean).join('\n')
}
