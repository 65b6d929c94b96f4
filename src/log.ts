// The log: one JSON object a line on standard error. Never the text of a question, never a token.

import { pino } from 'pino'
import { systemClock, type Clock } from './clock.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

type Write = (details: object, message: string) => void
export type Log = {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

const standardError = 2

export function createLog(level: LogLevel, clock: Clock): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${clock.now().toString({ smallestUnit: 'millisecond' })}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
  }
  return pino(options, pino.destination({ fd: standardError, sync: true }))
}

export const silentLog: Log = createLog('silent', systemClock)
