// Choices as links that open the private chat: t.me/<bot>?start=<payload>. A payload is at most 64 of A-Z a-z 0-9 _ -,
// so "a:entry:facet" travels as "a-entry_facet". https://core.telegram.org/bots/features#deep-linking

const payloadPattern = /^[A-Za-z0-9_-]{1,64}$/
const choicePattern = /^([a-z])-([A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*)$/

/** Null when the payload names no choice. */
export function parseStartPayload(payload: string): string | null {
  const [, kind, subject] = choicePattern.exec(payload.trim()) ?? []
  return kind === undefined || subject === undefined
    ? null
    : `${kind}:${subject.replaceAll('_', ':')}`
}

/** A choice that no payload can hold gives the link to the bot alone. */
export function formatDeepLink(username: string, choiceId: string): string {
  const payload = choiceId.replace(':', '-').replaceAll(':', '_')
  const isWhole = payloadPattern.test(payload) && parseStartPayload(payload) === choiceId
  return `https://t.me/${username}${isWhole ? `?start=${payload}` : ''}`
}
