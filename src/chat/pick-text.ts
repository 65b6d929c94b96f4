// The few words that an adapter has of its own, in the reader's language. It must not know a platform.

/** @param language BCP 47; English for one that is not here */
export const pickText = <Text>(
  texts: Readonly<Record<string, Text>> & { readonly en: Text },
  language = 'en',
): Text => texts[language.split('-')[0] ?? ''] ?? texts.en
