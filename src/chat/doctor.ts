// What a check of a platform's set-up finds: for the operator, in English. It must not know a platform.

export type DoctorFinding = {
  readonly ok: boolean
  /** What was looked at, and how it is. */
  readonly what: string
  /** What to do about it; empty when nothing is. */
  readonly mend: string
}

/** Looks at one thing: what `look` gives is right, and how it rejects is wrong. */
export async function examine(
  subject: string,
  mend: string,
  look: () => Promise<string>,
  describeError: (error: unknown) => string,
): Promise<DoctorFinding> {
  try {
    return { ok: true, what: `${subject}: ${await look()}`, mend: '' }
  } catch (error) {
    return { ok: false, what: `${subject}: ${describeError(error)}`, mend }
  }
}
