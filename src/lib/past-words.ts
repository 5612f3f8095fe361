/** What things are called once something was done to them. Pure. */

const irregular: Readonly<Record<string, string>> = {
  pay: 'paid',
  send: 'sent',
  hold: 'held',
  sell: 'sold',
  withdraw: 'withdrawn',
  begin: 'begun',
  run: 'running',
  start: 'started',
  activate: 'active',
  complete: 'complete',
  open: 'open',
};

/** Whether the word is what something is once the verb was done to it: `cancel` and `cancelled`, `ship` and `shipped`. */
export function isPast(word: string, verb: string): boolean {
  if (word === irregular[verb]) return true;
  const stem = verb.replace(/(?:e|y)$/, '');
  return word.startsWith(stem) && /^(?:[a-z]?ed|ied|d)$/.test(word.slice(stem.length));
}
