// What a check of a platform's set-up finds: for the operator, in English. It must not know a platform.

export type DoctorFinding = {
  readonly ok: boolean
  /** What was looked at, and how it is. */
  readonly what: string
  /** What to do about it; empty when nothing is. */
  readonly mend: string
}

export const toFinding = (ok: boolean, what: string, mend = ''): DoctorFinding => ({
  ok,
  what,
  mend: ok ? '' : mend,
})

/** Looks at one thing: what `look` gives is right, and how it rejects is wrong. */
export async function examine(
  subject: string,
  mend: string,
  look: () => Promise<string>,
  describeError: (error: unknown) => string,
): Promise<DoctorFinding> {
  try {
    return toFinding(true, `${subject}: ${await look()}`)
  } catch (error) {
    return toFinding(false, `${subject}: ${describeError(error)}`, mend)
  }
}
