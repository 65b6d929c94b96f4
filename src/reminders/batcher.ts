// Joins what several senders ask of the store at the same time into one transaction: while one runs, the next gathers.

import { setImmediate } from 'node:timers/promises'

export type Batcher<Item, Result> = (item: Item) => Promise<Result>

/** Each item gets the whole batch's result. */
export function createBatcher<Item, Result>(
  run: (items: readonly Item[]) => Promise<Result>,
  itemsMax: number,
): Batcher<Item, Result> {
  type Batch = { readonly items: Item[]; readonly done: Promise<Result> }
  let gathering: Batch | undefined
  let last: Promise<unknown> = Promise.resolve()
  const open = (): Batch => {
    const items: Item[] = []
    const done = last.then(async () => {
      // A store that answers without waiting would leave no turn of the event loop to gather in, nor one for anything else.
      if (items.length < itemsMax) await setImmediate()
      if (gathering?.items === items) gathering = undefined
      return await run(items)
    })
    // The next batch goes out whatever became of this one; whoever asked for this one hears of it.
    last = done.catch(() => undefined)
    return { items, done }
  }
  return (item) => {
    if (gathering === undefined || gathering.items.length >= itemsMax) gathering = open()
    gathering.items.push(item)
    return gathering.done
  }
}
