// Opening and closing a listening socket: what can go wrong at opening in an operator's words, and a bounded drain.
// It must not know what is served.

import type { Server } from 'node:http'
import { bracketHost } from './request-guard.ts'

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use, another PORT is needed',
  EACCES: 'the port needs privileges, a PORT of 1024 or more is needed',
  EADDRNOTAVAIL: 'the address is not of this machine, another HOST is needed',
  ENOTFOUND: 'the name is unknown, another HOST is needed',
}

/** Listens and gives the bound port. Rejects with `Cannot listen on host:port: <what is>, <what is needed>`. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const onError = (error: NodeJS.ErrnoException) => {
    const reason = reasons[error.code ?? ''] ?? `${error.message}, another HOST or PORT is needed`
    reject(new Error(`Cannot listen on ${bracketHost(host)}:${port}: ${reason}`, { cause: error }))
  }
  server.once('error', onError)
  server.listen({ host, port }, () => {
    server.off('error', onError)
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : port)
  })
  return promise
}

/** Takes no new connection and resolves when the open ones have ended, or have been cut after `drainMsMax`. */
export function close(server: Server, drainMsMax: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const cut = setTimeout(() => {
    server.closeAllConnections()
  }, drainMsMax)
  server.close(() => {
    clearTimeout(cut)
    resolve(undefined)
  })
  return promise
}
