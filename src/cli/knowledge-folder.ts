// Where the product's own knowledge base stands, wherever it is started from.

import { fileURLToPath } from 'node:url'

export const knowledgeFolder = fileURLToPath(new URL('../../knowledge', import.meta.url))
