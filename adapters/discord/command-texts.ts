// The words that Discord wants of the adapter itself: names and descriptions of commands, and what it lacks to post.
// Everything else that people read comes from the core. Names of commands are lower case, without spaces.

const columns = ['en', 'es', 'fr', 'pt'] as const
const table = `
ask                      | ask | preguntar | demander | perguntar
ask?                     | Ask about OGP in your own words | Pregunte sobre OGP con sus palabras | Posez une question sur l’OGP | Pergunte sobre a OGP com suas palavras
topics                   | topics | temas | sujets | temas
topics?                  | What I can tell you about | De qué puedo informarle | De quoi je peux parler | Sobre o que posso informar
deadlines                | deadlines | plazos | échéances | prazos
deadlines?               | What is due, and when | Qué vence y cuándo | Ce qui est attendu, et quand | O que vence e quando
remind                   | remind | recordar | rappeler | lembrar
remind?                  | Be reminded of deadlines here | Recibir aquí recordatorios de plazos | Recevoir ici des rappels d’échéances | Receber aqui lembretes de prazos
reminders                | reminders | recordatorios | rappels | lembretes
reminders?               | See and change your reminders | Ver y cambiar sus recordatorios | Voir et changer vos rappels | Ver e mudar seus lembretes
settings                 | settings | ajustes | réglages | ajustes
settings?                | Language and time zone | Idioma y zona horaria | Langue et fuseau horaire | Idioma e fuso horário
privacy                  | privacy | privacidad | confidentialité | privacidade
privacy?                 | What is kept about you, and how to delete it | Qué se guarda sobre usted y cómo borrarlo | Ce qui est gardé sur vous, et comment l’effacer | O que se guarda sobre você e como apagar
help                     | help | ayuda | aide | ajuda
help?                    | How to use this assistant | Cómo usar este asistente | Comment utiliser cet assistant | Como usar este assistente
question                 | question | pregunta | question | pergunta
question?                | Your question | Su pregunta | Votre question | Sua pergunta
jurisdiction             | jurisdiction | jurisdicción | juridiction | jurisdição
jurisdiction?            | A country or local member | Un país o miembro local | Un pays ou un membre local | Um país ou membro local
message menu             | Ask OGP about this | Preguntar a OGP sobre esto | Interroger l’OGP sur ceci | Perguntar à OGP sobre isto
missing                  | To post in this channel, I need these permissions: | Para publicar en este canal necesito estos permisos: | Pour publier dans ce salon, il me faut ces autorisations : | Para publicar neste canal, preciso destas permissões:
view channel             | View Channel | Ver canal | Voir le salon | Ver canal
send messages            | Send Messages | Enviar mensajes | Envoyer des messages | Enviar mensagens
read message history     | Read Message History | Leer el historial de mensajes | Voir les anciens messages | Ver histórico de mensagens
attach files             | Attach Files | Adjuntar archivos | Joindre des fichiers | Anexar arquivos
`
const rows = table.trim().split('\n')
const texts = new Map(
  rows
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([key, ...cells]) => [key, cells]),
)

/** @param language BCP 47; English for one that is not here */
export function textOf(key: string, language = 'en'): string {
  const column = columns.findIndex((known) => language.startsWith(known))
  return texts.get(key)?.[Math.max(column, 0)] ?? key
}

/** Discord's own names of the languages; English is given too, for people whose client is in another one. */
export const toLocalizations = (key: string) =>
  Object.fromEntries(
    ['en-US', 'en-GB', 'es-ES', 'es-419', 'fr', 'pt-BR'].map((locale) => [
      locale,
      textOf(key, locale),
    ]),
  )

/** https://docs.discord.com/developers/topics/permissions */
export const neededPermissions = new Map([
  ['view channel', 1n << 10n],
  ['send messages', 1n << 11n],
  ['read message history', 1n << 16n],
  ['attach files', 1n << 15n],
])

/** Names what the assistant lacks to post unasked in a channel; null when that is nothing. */
export function describeMissing(permissions: bigint, language: string): string | null {
  const lacking = [...neededPermissions].filter(([, bit]) => (permissions & bit) === 0n)
  if (lacking.length === 0) return null
  return `${textOf('missing', language)} ${lacking.map(([key]) => textOf(key, language)).join(', ')}`
}
