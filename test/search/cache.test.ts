import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildIndex } from '../../src/search/build-index.ts'
import type { TrainingCache } from '../../src/search/cache.ts'
import { createFileCache, hashBase } from '../../src/search/cache.ts'
import { library, makeDocument, synonyms } from './sample-base.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'search-cache-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

const fresh = buildIndex(library, synonyms)
const files = () => globSync(join(directory, '*'))
const file = () => files()[0] ?? join(directory, 'nothing')

/** Counts how often training was spared. */
function spy(cache: TrainingCache): TrainingCache & { hits: number } {
  const counted = {
    hits: 0,
    load(key: string) {
      const trained = cache.load(key)
      if (trained !== null) counted.hits++
      return trained
    },
    save: (...args: Parameters<TrainingCache['save']>) => cache.save(...args),
  }
  return counted
}

function expectLikeFresh(cache: TrainingCache): void {
  const index = buildIndex(library, synonyms, { cache })
  expect(index.thresholds).toEqual(fresh.thresholds)
  for (const query of ['renew my boks', 'ILL', 'who won the cup']) {
    expect(index.rank(query)).toEqual(fresh.rank(query))
  }
}

test('the second start needs no training and gives the same index', () => {
  const cache = spy(createFileCache(directory))
  expectLikeFresh(cache)
  expect(cache.hits).toBe(0)
  expectLikeFresh(cache)
  expect(cache.hits).toBe(1)
})

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ['empty', () => Buffer.alloc(0)],
  ['changed in one bit', (bytes: Buffer) => bytes.map((byte, i) => (i === 999 ? byte ^ 1 : byte))],
  ['something else', () => Buffer.from('not a cache, but long enough to hold a checksum of it')],
])('a file that is %s is rebuilt, not trusted', (_, harm) => {
  const cache = spy(createFileCache(directory))
  expectLikeFresh(cache)
  writeFileSync(file(), harm(readFileSync(file())))
  expectLikeFresh(cache)
  expect(cache.hits).toBe(0)
  expectLikeFresh(cache)
  expect(cache.hits).toBe(1)
})

test('another base is not served from the cache', () => {
  const cache = spy(createFileCache(directory))
  buildIndex(library, synonyms, { cache })
  buildIndex([...library, makeDocument('new', 'New', ['Brand new'])], synonyms, { cache })
  expect(cache.hits).toBe(0)
})

test('the base before an edit is still known after it, and few files are kept', () => {
  const cache = spy(createFileCache(directory))
  expectLikeFresh(cache)
  for (let edit = 1; edit <= 3; edit++) {
    buildIndex([...library, makeDocument('new', 'New', [`Edit ${edit}`])], synonyms, { cache })
  }
  expectLikeFresh(cache)
  expect(cache.hits).toBe(1)
  for (let edit = 4; edit <= 6; edit++) {
    buildIndex([...library, makeDocument('new', 'New', [`Edit ${edit}`])], synonyms, { cache })
  }
  expect(files()).toHaveLength(4)
})

test('a directory that cannot be written does no harm', () => {
  const occupied = join(directory, 'occupied')
  writeFileSync(occupied, '')
  expectLikeFresh(createFileCache(occupied))
})

test('the hash depends on every word, not on the order', () => {
  const hash = hashBase(library, synonyms)
  expect(hashBase([...library].reverse(), [...synonyms].reverse())).toBe(hash)
  expect(hashBase(library, synonyms.slice(1))).not.toBe(hash)
  expect(hashBase(library.slice(1), synonyms)).not.toBe(hash)
})
