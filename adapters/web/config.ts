// The web adapter's own variables: whether there is a page, where it listens, under which names.
// It must not read process.env: the composition root hands the variables over.

import { z } from 'zod'
import type { Variables, VariablesResult } from '../../src/chat/variables.ts'

export type WebConfig = {
  readonly host: string
  readonly port: number
  /** Names under which people reach the page, besides localhost and `host`. */
  readonly allowedHosts: readonly string[]
  /** Reverse proxies in front of the page. */
  readonly trustedProxies: number
}

const portMax = 65_535
const trustedProxiesMax = 5
const hostNamePattern = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i
const addressPattern = /^[0-9a-f:.]+$/i

const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().max(max))

const hostName = z.string().refine((text) => hostNamePattern.test(text))
const splitList = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')

const fields = {
  WEB: { schema: z.enum(['on', 'off']).default('on'), needed: '"on" or "off" is needed' },
  HOST: {
    schema: z.union([hostName, z.string().regex(addressPattern)]).default('127.0.0.1'),
    needed: 'an address or a host name is needed',
  },
  PORT: {
    schema: wholeNumber(portMax).default(8_080),
    needed: `a whole number from 0 to ${portMax} is needed`,
  },
  WEB_ALLOWED_HOSTS: {
    schema: z.string().default('').transform(splitList).pipe(z.array(hostName)),
    needed: 'host names without scheme and port, separated by commas, are needed',
  },
  WEB_TRUSTED_PROXIES: {
    schema: wholeNumber(trustedProxiesMax).default(0),
    needed: `a whole number from 0 to ${trustedProxiesMax} is needed`,
  },
} as const

const schema = z.object({
  WEB: fields.WEB.schema,
  HOST: fields.HOST.schema,
  PORT: fields.PORT.schema,
  WEB_ALLOWED_HOSTS: fields.WEB_ALLOWED_HOSTS.schema,
  WEB_TRUSTED_PROXIES: fields.WEB_TRUSTED_PROXIES.schema,
})

type FieldName = keyof typeof fields
const isFieldName = (name: unknown): name is FieldName => Object.keys(fields).includes(String(name))

/** Reads WEB, HOST, PORT, WEB_ALLOWED_HOSTS and WEB_TRUSTED_PROXIES. An empty variable counts as absent. */
export function readWebConfig(variables: Variables): VariablesResult<WebConfig | null> {
  const given = Object.fromEntries(
    Object.keys(fields).map((name) => [name, variables[name]?.trim() || undefined]),
  )
  const result = schema.safeParse(given)
  if (!result.success) {
    const names = new Set(result.error.issues.map((issue) => issue.path[0]).filter(isFieldName))
    const mistakes = [...names].map(
      (name) => `Cannot read ${name}: "${variables[name] ?? ''}", ${fields[name].needed}`,
    )
    return { kind: 'mistakes', mistakes }
  }
  const { WEB, HOST, PORT, WEB_ALLOWED_HOSTS, WEB_TRUSTED_PROXIES } = result.data
  if (WEB === 'off') return { kind: 'config', config: null }
  const config = {
    host: HOST,
    port: PORT,
    allowedHosts: WEB_ALLOWED_HOSTS,
    trustedProxies: WEB_TRUSTED_PROXIES,
  }
  return { kind: 'config', config }
}
