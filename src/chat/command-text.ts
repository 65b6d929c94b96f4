// A typed command -> what it says. Pure; every platform that has commands as text reads them alike.

import { commandNames, type CommandName, type InboundContent } from './message.ts'

export const toCommand = (name: CommandName, argument = ''): InboundContent => ({
  kind: 'command',
  name,
  argument,
})

/** What somebody wrote to the assistant; nothing at all asks for help. */
export const toQuestion = (text: string): InboundContent =>
  text.trim() === '' ? toCommand('help') : { kind: 'question', text: text.trim() }

/** `deadlines Kenya`; what begins with no known word is a question as it stands. */
export function readCommandText(text: string): InboundContent {
  const [, word = '', argument = ''] = /^\s*(\S*)\s*(.*)$/s.exec(text) ?? []
  const name = commandNames.find((known) => known === word.toLowerCase())
  return name === undefined ? toQuestion(text) : toCommand(name, argument)
}
