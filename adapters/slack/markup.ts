// Slack's own dialect of text: what people typed -> plain text, and plain text -> what Slack shows unchanged. Pure.

/** Slack asks for these three alone: "<" begins every mention, link and date. */
export const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const escapedLength = (text: string) => escapeText(text).length

/** `<@U1|ana>` -> "@ana", `<https://a.b|a.b>` -> "a.b", `<!here>` -> "@here"; entities become characters. */
export function decodeText(text: string): string {
  const plain = text.replaceAll(
    /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g,
    (_, sign: string, target: string, label: string | undefined) => {
      if (sign === '') return label || target.replace(/^mailto:/, '')
      if (target.startsWith('date^')) return label ?? ''
      return `${sign === '#' ? '#' : '@'}${(label || target).replace(/^[@#]/, '')}`
    },
  )
  const characters = plain.replaceAll('&lt;', '<').replaceAll('&gt;', '>')
  return characters.replaceAll('&amp;', '&').trim()
}

/** The people whom a message names. */
export const readMentions = (text: string): string[] =>
  [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>/g)].map(([, user = '']) => user)

export const removeMention = (text: string, user: string): string =>
  text.replaceAll(new RegExp(`<@${user}(?:\\|[^<>]*)?>`, 'g'), ' ')
