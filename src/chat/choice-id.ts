// The ids of choices: short, stateless, and readable again after a restart. At most 64 bytes (choiceIdBytesMax).

export type ChoiceAction =
  | { readonly kind: 'show'; readonly entry: string; readonly facet?: string }
  | {
      readonly kind: 'feedback'
      readonly helpful: boolean
      readonly entry: string
      readonly facet: string
    }
  | { readonly kind: 'suggestion'; readonly index: number }
  | { readonly kind: 'chapter'; readonly chapter: string }
  /** What a jurisdiction's dates are; its dates as a file; a wish to be reminded of them. */
  | {
      readonly kind: 'deadlines' | 'calendar' | 'remind'
      readonly jurisdiction: string
    }
  | { readonly kind: 'none-of-these' }
  | { readonly kind: 'forget' }

export function formatChoiceId(action: ChoiceAction): string {
  switch (action.kind) {
    case 'show':
      return action.facet === undefined ? `a:${action.entry}` : `a:${action.entry}:${action.facet}`
    case 'feedback':
      return `${action.helpful ? 'y' : 'n'}:${action.entry}:${action.facet}`
    case 'suggestion':
      return `s:${action.index.toString()}`
    case 'chapter':
      return `c:${action.chapter}`
    case 'deadlines':
      return `d:${action.jurisdiction}`
    case 'calendar':
      return `k:${action.jurisdiction}`
    case 'remind':
      return `r:${action.jurisdiction}`
    case 'none-of-these':
    case 'forget':
      return action.kind
  }
}

/** Null for anything that this version did not make. */
export function parseChoiceId(id: string): ChoiceAction | null {
  if (id === 'none-of-these' || id === 'forget') return { kind: id }
  const [kind, subject, facet, ...rest] = id.split(':')
  if (subject === undefined || subject === '' || rest.length > 0) return null
  switch (kind) {
    case 'a':
      return facet === undefined
        ? { kind: 'show', entry: subject }
        : { kind: 'show', entry: subject, facet }
    case 'y':
    case 'n':
      return facet === undefined
        ? null
        : { kind: 'feedback', helpful: kind === 'y', entry: subject, facet }
    case 's':
      return /^\d{1,2}$/.test(subject) ? { kind: 'suggestion', index: Number(subject) } : null
    case 'c':
      return { kind: 'chapter', chapter: subject }
    case 'd':
      return { kind: 'deadlines', jurisdiction: subject }
    case 'k':
      return { kind: 'calendar', jurisdiction: subject }
    case 'r':
      return { kind: 'remind', jurisdiction: subject }
    default:
      return null
  }
}
