/**
 * Puts a text between the two marks that a command has in a document; what is written by hand around them stays.
 * @throws Error where the document has lost its marks
 */
export function replaced(document: string, command: string, text: string, name: string): string {
  const [begin, end] = ['begin', 'end'].map((word) => `<!-- ${command}: ${word} -->`) as [string, string];
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${name} has lost its marks ${begin} and ${end}.`);
  return `${before}${begin}\n${text}\n${end}${after}`;
}
