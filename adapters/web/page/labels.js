// @ts-check
// The page's own words, in one place, so that they can be translated. Answers bring their own.

export const labels = {
  /** Filled into index.html: `data-text` names a text, `data-label` a name for screen readers. */
  fixed: {
    sentence: 'Reviewed answers about the Open Government Partnership, each with its source.',
    commands: 'About this assistant',
    examples: 'For example, ask',
    conversation: 'Conversation',
    suggestions: 'Suggestions',
    question: 'Your question',
    send: 'Send',
  },
  inputHint: 'Ask in your own words',
  /** Shown when the assistant offers no first questions of its own. */
  examples: [
    'What are the three principles?',
    'Why does transparency matter?',
    'What makes the OGP model unique?',
  ],
  commands: {
    topics: 'Topics',
    deadlines: 'Deadlines',
    reminders: 'Reminders',
    help: 'Help',
    privacy: 'Privacy',
  },
  you: 'You asked:',
  waiting: 'Looking for the answer…',
  unsent: 'Not sent yet. It will be sent when the connection is back.',
  silent: 'The assistant has nothing to add.',
  lost: 'Connection lost. Trying again…',
  retryNow: 'Try now',
  tryAgain: 'Try again',
  sources: 'Sources',
  /** @param {number} count */
  earlier: (count) => `Earlier dates (${count})`,
  uncertain: 'dates not certain',
  /** @param {string} name */
  download: (name) => `Download ${name}`,
  subscribe: 'Or subscribe, so that later changes reach your calendar by themselves:',
  openCalendar: 'Subscribe in a calendar app',
  copy: 'Copy the address',
  copied: 'Copied',
  optional: '(optional)',
  chooseOne: 'Choose at least one.',
  /** @param {number} count */
  suggestionsCount: (count) =>
    count === 1 ? '1 suggestion. Arrow keys choose.' : `${count} suggestions. Arrow keys choose.`,
  errors: {
    late: 'The answer takes longer than usual.',
    'question-too-long': 'That question is too long. Please shorten it.',
    'too-large': 'That question is too long. Please shorten it.',
    other: 'The assistant could not take this message.',
  },
}
