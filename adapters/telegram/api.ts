// The only place that makes grammY's client. Calls are neither repeated nor logged here.

import { Api, InputFile } from 'grammy'
import type { TelegramConfig } from './config.ts'

export type TelegramApi = Api

/** @param secondsMax how long one call may take: more than a long poll waits */
export const createApi = ({ token, apiRoot }: TelegramConfig, secondsMax: number): TelegramApi =>
  new Api(token, { apiRoot, timeoutSeconds: secondsMax })

export const toInputFile = (content: string, name: string): InputFile =>
  new InputFile(Buffer.from(content), name)

/** grammY is typed for a polyfill of the same shape. */
export const toGrammySignal = (signal: AbortSignal) =>
  signal as unknown as Parameters<Api['getMe']>[0]
