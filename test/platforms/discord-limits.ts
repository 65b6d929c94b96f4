// What Discord refuses, with its own error bodies: messages, modals, commands, suggestions. It must not know the adapter.
// https://docs.discord.com/developers/resources/message, .../components/reference, .../interactions/application-commands

export type Json = Record<string, unknown>
type Problem = { readonly path: string; readonly code: string }
export type Errors = Problem[]

export const asJson = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}
export const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asJson) : [])
export const asText = (value: unknown) => (typeof value === 'string' ? value : '')

/** "Invalid Form Body", the path of each problem nested as Discord does it. */
export function toInvalidBody(problems: Errors): Json {
  const errors: Json = {}
  for (const { path, code } of problems) {
    let at = errors
    for (const key of path.split('.')) at = (at[key] ??= {}) as Json
    at['_errors'] = [{ code, message: code }]
  }
  return { code: 50035, message: 'Invalid Form Body', errors }
}

class Check {
  readonly problems: Errors = []
  need(isRight: boolean, path: string, code: string) {
    if (!isRight) this.problems.push({ path, code })
  }
  text(value: unknown, path: string, max: number, min = 1) {
    if (value === undefined && min === 0) return
    const text = asText(value).trim()
    this.need(text.length >= min && asText(value).length <= max, path, 'BASE_TYPE_BAD_LENGTH')
  }
  list(value: unknown, path: string, max: number, min = 1) {
    const { length } = asList(value)
    this.need(length >= min && length <= max, path, 'BASE_TYPE_BAD_LENGTH')
  }
  unique(values: readonly unknown[], path: string, code: string) {
    this.need(new Set(values).size === values.length, path, code)
  }
}

const componentsFlag = 1 << 15
const allComponents = (components: readonly Json[]): Json[] =>
  components.flatMap((one) => [
    one,
    ...allComponents(asList(one['components'])),
    ...(one['component'] === undefined ? [] : allComponents([asJson(one['component'])])),
  ])

function checkComponent(check: Check, one: Json, path: string) {
  switch (one['type']) {
    case 1: {
      const inner = asList(one['components'])
      const isMenu = inner.some(({ type }) => type === 3)
      check.list(inner, `${path}.components`, isMenu ? 1 : 5)
      return
    }
    case 2:
      check.text(one['label'], `${path}.label`, 80)
      check.text(one['custom_id'], `${path}.custom_id`, 100)
      return
    case 3: {
      check.text(one['custom_id'], `${path}.custom_id`, 100)
      check.text(one['placeholder'], `${path}.placeholder`, 150, 0)
      check.list(one['options'], `${path}.options`, 25)
      const options = asList(one['options'])
      for (const option of options) {
        check.text(option['label'], `${path}.options.label`, 100)
        check.text(option['value'], `${path}.options.value`, 100)
      }
      const values = options.map(({ value }) => value)
      check.unique(values, `${path}.options`, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED')
      const max = Number(one['max_values'] ?? 1)
      const presets = options.filter((option) => option['default'] === true)
      check.need(max <= options.length, `${path}.max_values`, 'BASE_TYPE_MAX_VALUE')
      check.need(presets.length <= max, `${path}.options`, 'SELECT_COMPONENT_TOO_MANY_DEFAULTS')
      return
    }
    case 4:
      check.text(one['custom_id'], `${path}.custom_id`, 100)
      check.text(one['placeholder'], `${path}.placeholder`, 100, 0)
      check.text(one['value'], `${path}.value`, 4_000, 0)
      return
    case 10:
      check.text(one['content'], `${path}.content`, 4_000)
      return
    case 13:
      check.need(/^attachment:\/\/./.test(asText(asJson(one['file'])['url'])), path, 'URL_TYPE')
      return
    case 18:
      check.text(one['label'], `${path}.label`, 45)
      check.text(one['description'], `${path}.description`, 100, 0)
      return
    default:
      check.need(false, path, 'COMPONENT_TYPE_INVALID')
  }
}

/** @param files the names of what was uploaded along */
export function checkMessage(body: Json, files: readonly string[]): Errors {
  const check = new Check()
  const flags = Number(body['flags'] ?? 0)
  const components = asList(body['components'])
  const every = allComponents(components)
  if ((flags & componentsFlag) === 0) {
    check.text(body['content'], 'content', 2_000, components.length > 0 ? 0 : 1)
    return check.problems
  }
  const isOld = Boolean(body['content']) || asList(body['embeds']).length > 0
  check.need(!isOld, 'content', 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2')
  check.list(components, 'components', 40)
  check.need(every.length <= 40, 'components', 'BASE_TYPE_BAD_LENGTH')
  const length = every.reduce((sum, one) => sum + asText(one['content']).length, 0)
  check.need(length <= 4_000, 'components', 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED')
  for (const [at, one] of every.entries()) {
    check.need(
      one['type'] !== 4 && one['type'] !== 18,
      `components.${at}`,
      'COMPONENT_TYPE_INVALID',
    )
    checkComponent(check, one, `components.${at}`)
  }
  const ids = every.flatMap(({ custom_id }) => (custom_id === undefined ? [] : [custom_id]))
  check.unique(ids, 'components', 'COMPONENT_CUSTOM_ID_DUPLICATED')
  const shown = every
    .filter(({ type }) => type === 13)
    .map(({ file }) => asText(asJson(file)['url']))
  for (const url of shown) {
    check.need(
      files.includes(url.slice('attachment://'.length)),
      'components',
      'UNKNOWN_ATTACHMENT',
    )
  }
  for (const name of files) check.need(/^[\w.-]+$/.test(name), 'attachments', 'FILENAME_INVALID')
  check.need(files.length <= 10, 'attachments', 'BASE_TYPE_MAX_LENGTH')
  check.text(body['nonce'], 'nonce', 25, 0)
  return check.problems
}

export function checkModal(body: Json): Errors {
  const check = new Check()
  check.text(body['title'], 'title', 45)
  check.text(body['custom_id'], 'custom_id', 100)
  check.list(body['components'], 'components', 5)
  const every = allComponents(asList(body['components']))
  for (const [at, one] of every.entries()) checkComponent(check, one, `components.${at}`)
  for (const one of asList(body['components'])) {
    check.need([10, 18].includes(Number(one['type'])), 'components', 'COMPONENT_TYPE_INVALID')
  }
  return check.problems
}

export function checkSuggestions(body: Json): Errors {
  const check = new Check()
  check.list(body['choices'], 'choices', 25, 0)
  for (const one of asList(body['choices'])) {
    check.text(one['name'], 'choices.name', 100)
    check.text(one['value'], 'choices.value', 100)
  }
  return check.problems
}

const locales = ['en-US', 'en-GB', 'es-ES', 'es-419', 'fr', 'pt-BR', 'de', 'it']
const namePattern = /^[-_'\p{L}\p{N}]{1,32}$/u

function checkDescribed(check: Check, one: Json, path: string) {
  const isInput = (one['type'] ?? 1) === 1 || path.includes('options')
  const names = Object.entries(asJson(one['name_localizations']))
  for (const name of [asText(one['name']), ...names.map(([, name]) => asText(name))]) {
    const isRight = isInput
      ? namePattern.test(name) && name === name.toLowerCase()
      : name.length > 0 && name.length <= 32
    check.need(isRight, `${path}.name`, 'APPLICATION_COMMAND_INVALID_NAME')
  }
  const described = Object.entries(asJson(one['description_localizations']))
  if (!isInput) {
    check.need(!one['description'], `${path}.description`, 'APPLICATION_COMMAND_DESCRIPTION')
    return
  }
  for (const text of [one['description'], ...described.map(([, text]) => text)]) {
    check.text(text, `${path}.description`, 100)
  }
  for (const [locale] of [...names, ...described]) {
    check.need(locales.includes(locale), `${path}.name_localizations`, 'LOCALE_INVALID')
  }
}

/** The 8,000 characters count the longest localisation of each text. */
const longest = (text: unknown, localized: unknown) =>
  Math.max(...[text, ...Object.values(asJson(localized))].map((one) => asText(one).length))
const countLetters = (one: Json): number =>
  longest(one['name'], one['name_localizations']) +
  longest(one['description'], one['description_localizations']) +
  asList(one['options']).reduce((sum, option) => sum + countLetters(option), 0)

export function checkCommands(commands: readonly Json[]): Errors {
  const check = new Check()
  const ofType = (type: number) => commands.filter((one) => (one['type'] ?? 1) === type)
  check.need(ofType(1).length <= 100 && ofType(3).length <= 15, 'commands', 'MAX_COMMANDS')
  for (const [at, command] of commands.entries()) {
    checkDescribed(check, command, `${at}`)
    const options = asList(command['options'])
    check.list(options, `${at}.options`, 25, 0)
    for (const option of options) checkDescribed(check, option, `${at}.options`)
    check.need(countLetters(command) <= 8_000, `${at}`, 'APPLICATION_COMMAND_TOO_LARGE')
  }
  check.unique(
    commands.map((one) => `${Number(one['type'] ?? 1)} ${asText(one['name'])}`),
    'commands',
    'DUPLICATE',
  )
  return check.problems
}
