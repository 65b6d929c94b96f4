// Owns what a run says to the processes that it measures, and what it hears from them. Types only.

/** Where the store is: PostgreSQL's address, or null and SQLite's folder. */
export type Address = { databaseUrl: string | null; folder: string }

/** All messages of a turn of the event loop get their receipts together, or each gets its own in its turn, as over a network. */
export type Answers = 'together' | 'apart'

export type Job = {
  /** Whose code does the work. */
  program: 'assistant' | 'pg-boss'
  work: 'plan' | 'send'
  address: Address
  /** Subscriptions, each with one reminder. */
  count: number
  /** Planning only: how often; from the second time on, nothing has changed. */
  rounds: number
  /** Sending only. */
  answers: Answers
}

/** Instants are milliseconds since 1970 of the machine's own clock, which all processes share. */
export type Order =
  | { kind: 'prepare'; job: Job }
  /** All reminders are due at `dueAt`; sending starts at once. */
  | { kind: 'go'; dueAt: number }
  | { kind: 'stop' }

export type Report = {
  kind: 'report'
  /** Reminders planned, or messages sent. */
  done: number
  firstAt: number | null
  lastAt: number | null
  /** Of planning: each round that came to its end. */
  roundsMs: number[]
  /** Resident, before the work and at most. */
  idleBytes: number
  peakBytes: number
  cpuMs: number
}

export type Word = { kind: 'ready' } | { kind: 'progress'; done: number } | Report
