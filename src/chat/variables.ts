// How a part of the process reads its own environment variables: a configuration, or every mistake at once.

export type Variables = Readonly<Record<string, string | undefined>>

export type VariablesResult<Config> =
  | { readonly kind: 'config'; readonly config: Config }
  /** Each `Cannot read NAME: "value", <what is needed>`. */
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }
