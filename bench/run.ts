/** Runs the benchmarks named on the command line, or all. */
const names = process.argv.slice(2);
const all = ['throughput', 'startup'];
for (const name of names.length > 0 ? names : all) {
  console.log(`\n${name}`);
  await import(`./${name}.ts`);
}
