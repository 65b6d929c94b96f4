// Owns the types of pg-boss, as far as the bench uses it, so that the repository type-checks before bench/node_modules
// is installed.

declare module 'pg-boss' {
  type JobResult = { id: string; status: 'completed' | 'failed'; output?: object }
  type WorkOptions = {
    batchSize: number
    localConcurrency: number
    burstWhenBatchFull: boolean
    pollingIntervalSeconds: number
    perJobResults: true
  }
  class PgBoss {
    constructor(options: { connectionString: string; schedule: boolean })
    on(event: 'error', listener: (error: Error) => void): void
    start(): Promise<this>
    stop(options: { graceful: boolean; timeout?: number }): Promise<void>
    createQueue(name: string): Promise<void>
    insert(name: string, jobs: { startAfter: string; data: object }[]): Promise<string[] | null>
    work(
      name: string,
      options: WorkOptions,
      handler: (jobs: { id: string; data: unknown }[]) => Promise<JobResult[]>,
    ): Promise<string>
  }
  export { PgBoss }
}
