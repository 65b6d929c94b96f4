// The one thing that the adapter has to say itself, as it is about Slack. Everything else comes from the core.

const invites: Readonly<Record<string, string>> = {
  en: 'I am not in this channel, so no reminder can arrive here. Type /invite and choose me.',
  es: 'No estoy en este canal: aquí no llegará ningún recordatorio. Escriba /invite y elíjame.',
  fr: 'Je ne suis pas dans ce canal : aucun rappel ne peut y arriver. Tapez /invite et choisissez-moi.',
  pt: 'Não estou neste canal: aqui não chegará nenhum lembrete. Escreva /invite e escolha-me.',
}

/** @param language BCP 47 */
export const inviteIn = (language: string) =>
  invites[language.split('-')[0] ?? ''] ?? invites['en'] ?? ''
