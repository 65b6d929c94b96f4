// The core's own variables. It must not read process.env: the composition root hands them over.

import { z } from 'zod'
import type { Variables, VariablesResult } from './chat/variables.ts'
import { logLevels, type LogLevel } from './log.ts'

export type Config = {
  readonly logLevel: LogLevel
  /** The folder of the knowledge base. */
  readonly knowledgeFolder: string
  /** The folder for what the assistant keeps: the trained index and, without a `databaseUrl`, its database. */
  readonly dataFolder: string
  /** PostgreSQL's address, with the password; null for a database in `dataFolder`. */
  readonly databaseUrl: string | null
  /** BCP 47: the language of a conversation whose platform states none. */
  readonly language: string
  /** Where people reach the web server from outside, without a slash at the end; empty when they cannot. */
  readonly publicUrl: string
}

const fields = {
  LOG_LEVEL: {
    schema: z.enum(logLevels),
    needed: `one of ${logLevels.join(', ')} is needed`,
  },
  DATA_DIR: { schema: z.string(), needed: 'a folder is needed' },
  KNOWLEDGE_DIR: { schema: z.string(), needed: 'a folder is needed' },
  PUBLIC_URL: {
    schema: z.url({ protocol: /^https?$/ }),
    needed: 'an address such as "https://ogp.example.org" is needed',
  },
  DATABASE_URL: {
    schema: z.string().refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')),
    // Not the value: it holds a password.
    found: 'it is no address of PostgreSQL',
    needed: 'one such as "postgres://user:password@host:5432/database" is needed',
  },
  ASSISTANT_LANGUAGE: {
    schema: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
    needed: 'a language tag such as "en" is needed',
  },
} as const

/** Reads the variables above. An empty variable counts as absent. */
export function readConfig(variables: Variables, defaults: Config): VariablesResult<Config> {
  const mistakes: string[] = []
  const read = <Value, Fallback = Value>(
    name: keyof typeof fields,
    schema: z.ZodType<Value>,
    fallback: Fallback,
  ): Value | Fallback => {
    const value = variables[name]?.trim() ?? ''
    if (value === '') return fallback
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const field = fields[name]
    const found = 'found' in field ? field.found : `"${value}"`
    mistakes.push(`Cannot read ${name}: ${found}, ${field.needed}`)
    return fallback
  }
  const config = {
    logLevel: read('LOG_LEVEL', fields.LOG_LEVEL.schema, defaults.logLevel),
    knowledgeFolder: read('KNOWLEDGE_DIR', fields.KNOWLEDGE_DIR.schema, defaults.knowledgeFolder),
    dataFolder: read('DATA_DIR', fields.DATA_DIR.schema, defaults.dataFolder),
    databaseUrl: read('DATABASE_URL', fields.DATABASE_URL.schema, defaults.databaseUrl),
    language: read('ASSISTANT_LANGUAGE', fields.ASSISTANT_LANGUAGE.schema, defaults.language),
    publicUrl: read('PUBLIC_URL', fields.PUBLIC_URL.schema, defaults.publicUrl).replace(/\/+$/, ''),
  }
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'config', config }
}
