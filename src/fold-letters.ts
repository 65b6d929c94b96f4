// Letters as people may type them: lower case, without the marks that are left out, one way to write those with two. Knows
// no words.

const asciiOnly = /^[\u0000-\u007f]*$/u
/**
 * Marks that readers leave out when they type: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels.
 * Other scripts write their vowels as marks, so theirs must stay.
 */
const optionalMarks =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu
/** Letters that Unicode does not decompose, but that people write either way. */
const letterVariants: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ə: 'e',
  ة: 'ه',
  ى: 'ي',
}
const letterVariantPattern = new RegExp(`[${Object.keys(letterVariants).join('')}]`, 'gu')

export function foldLetters(text: string): string {
  const lower = text.toLowerCase()
  if (asciiOnly.test(lower)) return lower
  return (
    lower
      .normalize('NFKD')
      .replace(optionalMarks, '')
      .normalize('NFC')
      // NFKD may produce capitals of its own.
      .toLowerCase()
      .replace(letterVariantPattern, (letter) => letterVariants[letter] ?? letter)
  )
}
