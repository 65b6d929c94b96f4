// How a part of the process reads its own environment variables: a configuration, or every mistake at once.

export type Variables = Readonly<Record<string, string | undefined>>

export type VariablesResult<Config> =
  | { readonly kind: 'config'; readonly config: Config }
  /** Each `Cannot read NAME: "value", <what is needed>`. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }

const portMax = 65_535

/** Reads variables one by one and gathers what is wrong with them. An empty variable counts as absent. */
export class VariableReader {
  readonly #variables: Variables
  readonly #mistakes: string[] = []

  constructor(variables: Variables) {
    this.#variables = variables
  }

  read(name: string, fallback = ''): string {
    return this.#variables[name]?.trim() || fallback
  }

  /** An http or https address. */
  readAddress(name: string, fallback: string): string {
    const address = this.read(name, fallback)
    const isAddress = /^https?:\/\/./.test(address) && URL.canParse(address)
    this.need(isAddress, `${name}: "${address}", an address`)
    return address
  }

  /** A TCP port; 0 for any that is free. */
  readPort(name: string, fallback: number): number {
    const port = this.read(name, fallback.toString())
    const isPort = /^\d{1,5}$/.test(port) && Number(port) <= portMax
    this.need(isPort, `${name}: "${port}", a whole number from 0 to ${portMax}`)
    return Number(port)
  }

  has = (name: string) => this.read(name) !== ''

  /** @param mistake `NAME: "value", <what>`, to follow "Cannot read" and to go before "is needed"; never a secret */
  need(isRight: boolean, mistake: string): void {
    if (!isRight) this.#mistakes.push(`Cannot read ${mistake} is needed`)
  }

  finish<Config>(config: Config): VariablesResult<Config> {
    if (this.#mistakes.length > 0) return { kind: 'mistakes', mistakes: this.#mistakes }
    return { kind: 'config', config }
  }
}
