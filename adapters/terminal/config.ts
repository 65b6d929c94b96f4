// The terminal adapter's own variables. It must not read process.env: the composition root hands them over.

import type { Variables, VariablesResult } from '../../src/chat/variables.ts'

export type TerminalConfig = { readonly colour: boolean }

/** Reads TERMINAL (null when "off") and NO_COLOR (any value turns colours off, see no-color.org). */
export function readTerminalConfig(variables: Variables): VariablesResult<TerminalConfig | null> {
  const value = variables['TERMINAL']?.trim() ?? ''
  if (value === 'off') return { kind: 'config', config: null }
  if (value !== '' && value !== 'on') {
    const mistakes = [`Cannot read TERMINAL: "${value}", "on" or "off" is needed`]
    return { kind: 'mistakes', mistakes }
  }
  return { kind: 'config', config: { colour: (variables['NO_COLOR'] ?? '') === '' } }
}
