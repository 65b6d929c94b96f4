// The methods of Slack's Web API that the assistant calls, over a workspace in memory: their checks, errors and effects.
// It must not know HTTP, nor the adapter.

import { checkMessage, checkView, type Json, type Refusal } from './slack-limits.ts'

export type StoredMessage = Json & { readonly ts: string }
export type Channel = {
  readonly id: string
  readonly kind: 'im' | 'public' | 'private'
  readonly user?: string
  readonly creator?: string
  isMember: boolean
  isArchived: boolean
  readonly messages: StoredMessage[]
  readonly ephemeral: Json[]
}

export type Workspace = {
  readonly team: string
  readonly bot: string
  readonly channels: Map<string, Channel>
  readonly users: Map<string, Json>
  readonly views: Json[]
  readonly homes: Map<string, Json>
  readonly prompts: Json[]
  readonly files: Json[]
  readonly triggers: Set<string>
  /** Scopes that calls have needed. */
  readonly used: Set<string>
  /** Scopes that the app was granted; all of them when it is null. */
  granted: ReadonlySet<string> | null
  nextTs: () => string
}

class SlackError extends Error {
  readonly answer: Refusal
  constructor(answer: NonNullable<Refusal>) {
    super(answer.error)
    this.answer = answer
  }
}
const fail = (error: string): never => {
  throw new SlackError({ error })
}
const must = (refusal: Refusal) => {
  if (refusal !== null) throw new SlackError(refusal)
}

const familyOf = { im: 'im', public: 'channels', private: 'groups' } as const

function need(workspace: Workspace, scope: string) {
  workspace.used.add(scope)
  if (workspace.granted?.has(scope) === false) fail('missing_scope')
}

function findChannel(workspace: Workspace, id: unknown): Channel {
  const { channels } = workspace
  const direct = [...channels.values()].find(({ kind, user }) => kind === 'im' && user === id)
  return channels.get(String(id)) ?? direct ?? fail('channel_not_found')
}

/** Where the bot may post. */
function openChannel(workspace: Workspace, args: Json): Channel {
  need(workspace, 'chat:write')
  const channel = findChannel(workspace, args['channel'])
  if (channel.isArchived) fail('is_archived')
  if (!channel.isMember) fail(channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel')
  const { thread_ts } = args
  if (thread_ts !== undefined && !channel.messages.some(({ ts }) => ts === thread_ts)) {
    fail('thread_not_found')
  }
  return channel
}

type Method = (workspace: Workspace, args: Json) => Json

const history: Method = (workspace, args) => {
  const channel = findChannel(workspace, args['channel'])
  need(workspace, `${familyOf[channel.kind]}:history`)
  if (!channel.isMember) fail('not_in_channel')
  const { ts } = args
  const isReplies = ts !== undefined
  const wanted = channel.messages.filter(({ thread_ts, ts: own }) =>
    isReplies ? own === ts || thread_ts === ts : thread_ts === undefined || thread_ts === own,
  )
  const limit = Number(args['limit'] ?? 100)
  const shown = isReplies ? wanted.slice(0, limit) : wanted.toReversed().slice(0, limit)
  const messages = shown.map(({ metadata, ...message }) =>
    args['include_all_metadata'] === 'true' ? { ...message, metadata } : message,
  )
  return { messages, has_more: wanted.length > limit }
}

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': ({ team, bot }) => ({ team_id: team, user_id: bot, bot_id: 'B1', team: 'Test' }),
  'chat.postMessage': (workspace, args) => {
    const channel = openChannel(workspace, args)
    must(checkMessage(args))
    const message = { ...args, ts: workspace.nextTs(), user: workspace.bot, bot_id: 'B1' }
    channel.messages.push(message)
    return { channel: channel.id, ts: message.ts, message }
  },
  'chat.postEphemeral': (workspace, args) => {
    const channel = openChannel(workspace, args)
    must(checkMessage(args))
    if (!workspace.users.has(String(args['user']))) fail('user_not_in_channel')
    channel.ephemeral.push(args)
    return { message_ts: workspace.nextTs() }
  },
  'conversations.history': history,
  'conversations.replies': history,
  'conversations.info': (workspace, args) => {
    const channel = findChannel(workspace, args['channel'])
    need(workspace, `${familyOf[channel.kind]}:read`)
    const { id, creator, isMember } = channel
    return { channel: { id, creator, is_member: isMember } }
  },
  'conversations.open': (workspace, args) => {
    need(workspace, 'im:write')
    const { users } = args
    const found = [...workspace.channels.values()].find(({ user }) => user === users)
    return { channel: { id: found?.id ?? fail('user_not_found') } }
  },
  'users.info': (workspace, args) => {
    need(workspace, 'users:read')
    return { user: workspace.users.get(String(args['user'])) ?? fail('user_not_found') }
  },
  'views.open': (workspace, args) => {
    if (!workspace.triggers.delete(String(args['trigger_id']))) fail('expired_trigger_id')
    must(checkView(args['view']))
    const view = { ...(args['view'] as Json), id: `V${workspace.views.length + 1}` }
    workspace.views.push(view)
    return { view }
  },
  'views.publish': (workspace, args) => {
    must(checkView(args['view']))
    workspace.homes.set(String(args['user_id']), args['view'] as Json)
    return { view: args['view'] }
  },
  'assistant.threads.setSuggestedPrompts': (workspace, args) => {
    need(workspace, 'assistant:write')
    const prompts = args['prompts'] as Json[]
    if (prompts.length < 1 || prompts.length > 4) fail('invalid_arguments')
    workspace.prompts.push(...prompts)
    return {}
  },
  'files.completeUploadExternal': (workspace, args) => {
    need(workspace, 'files:write')
    const channel = findChannel(workspace, args['channel_id'])
    const { thread_ts } = args
    for (const file of args['files'] as Json[]) {
      const stored = workspace.files.find(({ id }) => id === file['id'])
      if (stored === undefined) fail('file_not_found')
      channel.messages.push({
        ts: workspace.nextTs(),
        user: workspace.bot,
        file: stored,
        thread_ts,
        text: '',
      })
    }
    return { files: args['files'] }
  },
}

/** Slack's answer to a call: `{ ok: true, ... }` or `{ ok: false, error, ... }`. */
export function callMethod(workspace: Workspace, method: string, args: Json): Json {
  const run = methods[method]
  if (run === undefined) return { ok: false, error: 'unknown_method' }
  try {
    return { ok: true, ...run(workspace, args) }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error
    const { answer } = error
    return { ok: false, error: answer?.error, response_metadata: { messages: answer?.messages } }
  }
}
