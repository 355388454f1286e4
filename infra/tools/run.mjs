// Runs one of the tools beside this file: `node infra/tools/run.mjs NAME [words]`. Plain JavaScript, so that any Node can say what is missing.
const [name = '', ...words] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Matriculate needs Node 24 or newer, and this is ${process.version}: run "npm ci" (on Linux it brings Node 24 for the npm scripts), or install Node 24 from https://nodejs.org.`,
  );
  process.exit(1);
}

/** The tools' flags, and whether each takes a value. */
const flags = {
  config: true,
  secrets: true,
  port: true,
  'no-demo': false,
  json: false,
  filter: true,
  decrypt: true,
  dlq: false,
  resolve: true,
  retry: false,
  explain: false,
  since: true,
  mutant: true,
  reason: true,
  rate: true,
  destination: true,
  signups: true,
  kills: true,
  seed: true,
  out: true,
  url: true,
};

// npm keeps `npm run x --flag` for itself and hands it over as npm_config_flag: silence would run the tool without it.
const swallowed = Object.keys(flags).filter(isSwallowed);
if (swallowed.length > 0) {
  console.error(
    `npm kept ${swallowed.map((flag) => `--${flag}`).join(' ')} for itself. Flags come after two dashes:\n\n    ${rightLine()}\n`,
  );
  process.exit(1);
}

if (name !== 'require-node') {
  if (!/^[a-z][a-z-]*$/.test(name)) {
    console.error('Which tool? node infra/tools/run.mjs NAME [words]');
    process.exit(1);
  }
  const tool = new URL(`./${name}.ts`, import.meta.url);
  process.argv.splice(1, 2, tool.pathname);
  await import(tool.href);
}

/**
 * `--no-x` arrives as an empty `npm_config_x`. `--dlq` does not arrive at all: npm 10 and 11 read it as their own `-d -l -q`, which leaves the
 * long lists of `-l`, of no use to a script, and a log level.
 */
function isSwallowed(flag) {
  if (flag === 'dlq')
    return (
      name === 'redrive' &&
      !words.includes('--dlq') &&
      process.env.npm_config_long === 'true' &&
      process.env.npm_config_loglevel !== undefined
    );
  if (flag.startsWith('no-')) return process.env[`npm_config_${flag.slice(3)}`] === '';
  return (process.env[`npm_config_${flag}`] ?? '') !== '';
}

function rightLine() {
  const script = process.env.npm_lifecycle_event ?? name;
  const npm = script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`;
  const valueless = swallowed.filter((flag) => flags[flag] && process.env[`npm_config_${flag}`] === 'true');
  // npm leaves such a flag's value among the words; with one flag it is the last of them.
  const value = valueless.length === 1 ? words.pop() : undefined;
  const shown = swallowed.map((flag) => {
    const told = process.env[`npm_config_${flag}`];
    if (!flags[flag]) return `--${flag}`;
    return `--${flag} ${told === 'true' ? (value ?? '…') : told}`;
  });
  return [npm, ...words, '--', ...shown].join(' ');
}
