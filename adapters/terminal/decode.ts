// One typed line -> what it says to the assistant. Pure.

import { commandNames, type CommandName, type InboundContent } from '../../src/chat/message.ts'
import type { Choice } from '../../src/chat/reply.ts'

export type TypedLine = { readonly kind: 'quit' } | InboundContent

/** @param choices what the last reply offered, numbered from 1 in the order shown */
export function decodeLine(line: string, choices: readonly Choice[]): TypedLine | null {
  const text = line.trim()
  if (text === '') return null
  if (/^\d{1,2}$/.test(text)) {
    const choice = choices[Number(text) - 1]
    if (choice !== undefined) return { kind: 'choice', id: choice.id }
  }
  const command = /^\/(\w+)\s*(.*)$/s.exec(text)
  if (command === null) return { kind: 'question', text }
  const [, name = '', argument = ''] = command
  if (name === 'quit' || name === 'exit') return { kind: 'quit' }
  if (isCommandName(name)) return { kind: 'command', name, argument }
  return { kind: 'command', name: 'help', argument: '' }
}

const isCommandName = (name: string): name is CommandName =>
  (commandNames as readonly string[]).includes(name)
