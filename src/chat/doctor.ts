// What a check of a platform's set-up finds: for the operator, in English.

export type DoctorFinding = {
  readonly ok: boolean
  /** What was looked at, and how it is. */
  readonly what: string
  /** What to do about it; empty when nothing is. */
  readonly mend: string
}
