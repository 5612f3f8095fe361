/** Runs the benchmarks named on the command line, or all; each prints its tables. */
const names = process.argv.slice(2);
const all = ['throughput', 'scaling', 'startup', 'documents', 'peers'];
for (const name of names.length > 0 ? names : all) {
  console.log(`\n${name}`);
  await import(`./${name}.ts`);
}
