/** Words by which a caller asks to hear nothing more: gateways' own, and those of the languages of the callers. */
const words: readonly string[] = [
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'QUIT', 'END'],
  ...['ARRET', 'ARRETE', 'ARRETEZ', 'ARRETER', 'DESABONNER'],
  ...['ACHA', 'ACHENI', 'SIMAMISHA'],
  ...['TIKA', 'TELEMA'],
  ...['ZIA', 'LUTI'],
  ...['توقف', 'قف', 'الغاء', 'وقف'],
];

/** Whether a message is nothing but such a word, however it is written. */
export function isStopWord(text: string): boolean {
  if (text.length > 40) return false;
  const bare = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{P}\p{S}\s]/gu, '')
    .toUpperCase();
  return words.some((word) => word.normalize('NFKD').replace(/\p{M}/gu, '') === bare);
}
