import { expect, test } from 'vitest';
import { readStartFlags } from '../../../../infra/tools/start/flags.ts';

test('without flags it is the demo of the stage dev, on any port that is free', () => {
  const flags = readStartFlags([]);
  expect(flags).toMatchObject({ secrets: undefined, port: undefined, demo: true });
  expect(flags.config).toMatch(/infra\/config\/dev\.json$/);
});

test('every flag is read', () => {
  const words = ['--config', 'c.json', '--secrets', 's.json', '--port', '4700', '--no-demo'];
  expect(readStartFlags(words)).toEqual({ config: 'c.json', secrets: 's.json', port: 4700, demo: false });
});

test.each([
  [['--prot', '1'], "Unknown option '--prot'."],
  [['prod'], "Unexpected argument 'prod'."],
  [['--port'], 'argument missing'],
  [['--port', '0'], '--port "0" is no port: a whole number from 1 to 65535.'],
  [['--port', '65536'], 'is no port'],
  [['--port', '80x'], 'is no port'],
  [['--no-demo=yes'], 'does not take an argument'],
])('%j is told with what is understood', (words, message) => {
  const read = () => readStartFlags(words);
  expect(read).toThrow(message);
  expect(read).toThrow('npm start -- [--config FILE] [--secrets FILE] [--port N] [--no-demo]');
});
