// Errors of Node and of the engines, read: their message and their code.

/** A connection that was refused at every address has its reasons inside, and no message of its own. */
export function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(describeError))].join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}

/** The error's own code, such as "ECONNREFUSED" or PostgreSQL's "40P01". */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
