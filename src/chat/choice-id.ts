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
  | { readonly kind: SubscriptionAct; readonly subscription: string }
  /** On a reminder. The tag stands for the milestone's key, which may be longer than an id. */
  | {
      readonly kind: ReminderAct
      readonly subscription: string
      readonly tag: string
    }
  /** The reply to another choice, shown to everybody. */
  | { readonly kind: 'share'; readonly of: ChoiceAction }
  | { readonly kind: PlainAct }

/** What can be said of a reminder; that it was not done after all. */
export type ReminderAct = 'done' | 'not-done' | 'again'
/** What can be done with a subscription. */
export type SubscriptionAct = 'pause' | 'resume' | 'change' | 'stop'
export type PlainAct = 'none-of-these' | 'forget' | 'reminders' | 'stop-all'

const plainActs: readonly string[] = ['none-of-these', 'forget', 'reminders', 'stop-all']
const isPlainAct = (id: string): id is PlainAct => plainActs.includes(id)

const subscriptionActs: Readonly<Record<SubscriptionAct, string>> = {
  pause: 'sp',
  resume: 'sr',
  change: 'sc',
  stop: 'ss',
}
const reminderActs: Readonly<Record<ReminderAct, string>> = {
  done: 'rd',
  'not-done': 'ru',
  again: 'ra',
}
const shareMark = 'p:'

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
    case 'pause':
    case 'resume':
    case 'change':
    case 'stop':
      return `${subscriptionActs[action.kind]}:${action.subscription}`
    case 'done':
    case 'not-done':
    case 'again':
      return `${reminderActs[action.kind]}:${action.subscription}:${action.tag}`
    case 'share':
      return `${shareMark}${formatChoiceId(action.of)}`
    case 'none-of-these':
    case 'forget':
    case 'reminders':
    case 'stop-all':
      return action.kind
  }
}

/** Null for anything that this version did not make. */
export function parseChoiceId(id: string): ChoiceAction | null {
  if (isPlainAct(id)) return { kind: id }
  if (id.startsWith(shareMark)) {
    const of = parseChoiceId(id.slice(shareMark.length))
    return of === null ? null : { kind: 'share', of }
  }
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
    case 'sp':
      return { kind: 'pause', subscription: subject }
    case 'sr':
      return { kind: 'resume', subscription: subject }
    case 'sc':
      return { kind: 'change', subscription: subject }
    case 'ss':
      return { kind: 'stop', subscription: subject }
    case 'rd':
      return facet === undefined ? null : { kind: 'done', subscription: subject, tag: facet }
    case 'ru':
      return facet === undefined ? null : { kind: 'not-done', subscription: subject, tag: facet }
    case 'ra':
      return facet === undefined ? null : { kind: 'again', subscription: subject, tag: facet }
    default:
      return null
  }
}
