/** What stands for curl's flags that `specproof call` does not take. Pure. */

/** By curl's short name or its long one, and what says the same here. */
const counsel: readonly (readonly [flags: readonly string[], instead: string])[] = [
  [['-s', '--silent'], 'the body goes to stdout alone anyway; --quiet leaves the verdict out'],
  [['-S', '--show-error', '-f', '--fail', '--fail-with-body'], 'leave it out: errors are told, and a broken promise gives exit code 1'],
  [['-L', '--location'], 'redirects are not followed, the answer itself is judged: call the path that its Location names'],
  [['-v', '--verbose'], '-i prints the answer with its header fields, --as curl the request'],
  [['-m', '--max-time', '--connect-timeout'], '--timeout 30s'],
  [['-A', '--user-agent'], "-H 'User-Agent: NAME'"],
  [['-e', '--referer'], "-H 'Referer: URL'"],
  [['-x'], '--proxy URL'],
  [['-E'], '--cert FILE'],
  [['-c', '--cookie-jar'], 'cookies are not kept; an identity of kind login-call logs in and keeps them'],
  [['--data-binary', '--data-ascii'], '-d @FILE sends every byte of a file'],
  [['--data-urlencode', '--url-query'], '-q name=value for the query, -F name=value for a form'],
  [['-T', '--upload-file'], '-X PUT -d @FILE'],
  [['-O', '--remote-name'], '-o FILE'],
  [['-w', '--write-out'], 'the verdict on stderr tells status and time; -i prints the status'],
  [['--oauth2-bearer'], '--identity me=TOKEN'],
];

/** What to do instead of curl's flag, or of the first of a cluster such as `-sS`; undefined for what is no flag of curl's. */
export function insteadOf(flag: string): string | undefined {
  const names = flag.startsWith('--') ? [flag] : Array.from(flag.slice(1), (letter) => `-${letter}`);
  for (const name of names) {
    const found = counsel.find(([flags]) => flags.includes(name));
    if (found !== undefined) return `${name}: ${found[1]}`;
  }
  return undefined;
}
