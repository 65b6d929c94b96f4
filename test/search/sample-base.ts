// A small knowledge base for the tests of search: a public library. Owns no expectation.

import type { SearchDocument, Synonym } from '../../src/search/search.ts'

export function makeDocument(
  id: string,
  title: string,
  phrasings: readonly string[],
  rest: Partial<SearchDocument> = {},
): SearchDocument {
  return { id, language: 'en', title, phrasings, keywords: [], body: '', ...rest }
}

export const library: readonly SearchDocument[] = [
  makeDocument('card', 'Library card', [
    'How do I get a library card?',
    'Where can I sign up for membership',
    'I want to become a member of the library',
    'What do I need to register',
  ]),
  makeDocument('hours', 'Opening hours', [
    'When are you open?',
    'What time does the library close on Saturdays',
    'Are you open on public holidays',
    'Opening times please',
  ]),
  makeDocument('loan', 'Borrowing', [
    'How many books can I borrow at once?',
    'How long may I keep a book',
    'What is the loan period',
    'Can I take magazines home',
  ]),
  makeDocument('renew', 'Renewing a loan', [
    'How do I renew my books?',
    'Can I extend the loan',
    'I need more time with a book',
    'Prolong borrowing online',
  ]),
  makeDocument('fine', 'Late fees', [
    'What happens when I return a book late?',
    'How much is the fine for overdue books',
    'Do I have to pay a late fee',
    'My book is overdue',
  ]),
  makeDocument('lost', 'Lost or damaged books', [
    'I lost a book, what now?',
    'The book got wet and is damaged',
    'Do I have to replace a lost item',
    'My dog chewed the cover',
  ]),
  makeDocument('print', 'Printing and copying', [
    'Can I print at the library?',
    'How much does a photocopy cost',
    'Where is the scanner',
    'Printing in colour',
  ]),
  makeDocument('ill', 'Interlibrary loan', [
    'Can you get a book from another library?',
    'How does interlibrary loan work',
    'You do not have the book I need',
    'Order a title from elsewhere',
  ]),
  makeDocument('room', 'Study rooms', [
    'Can I reserve a study room?',
    'Is there a quiet place to work',
    'Book a room for our group',
    'Meeting rooms for students',
  ]),
  makeDocument('ebook', 'Electronic books', [
    'Do you lend e-books?',
    'How can I read electronic books on my tablet',
    'Download audiobooks',
    'Is there an app for digital lending',
  ]),
]

export const synonyms: readonly Synonym[] = [
  { language: 'en', term: 'ILL', meaning: 'interlibrary loan' },
  { language: 'en', term: 'OPAC', meaning: 'online public access catalogue' },
]
