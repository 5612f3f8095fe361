/** Keeps maps that are keyed by free text small: a run of a million verdicts may word its reasons in a million ways. */

/** What stands for all labels beyond the limit. */
export const furtherLabel = '(further, not told apart)';

/** A function that gives back the label itself for the first `limit` distinct labels of a scope, and `furtherLabel` for any later one. */
export function createBoundedLabels(limit: number): (scope: string, label: string) => string {
  const seen = new Map<string, Set<string>>();
  return (scope, label) => {
    let labels = seen.get(scope);
    if (labels === undefined) seen.set(scope, (labels = new Set()));
    if (labels.has(label)) return label;
    if (labels.size >= limit) return furtherLabel;
    labels.add(label);
    return label;
  };
}
