import { LOOKS } from './looks.ts';
import { Tally } from './tally.ts';

// Plays random histories for as long as it is given, each against the invariants, the other collector or the naive
// model, and says how many there were: `LIMBO_SECONDS=60 npm run test:long`. `LIMBO_SEED` is the first seed. The exit
// status is 1 where anything differs, and what differs is printed as a scenario.
const SECONDS = numberOf('LIMBO_SECONDS', 300);
const FIRST_SEED = Math.trunc(numberOf('LIMBO_SEED', Date.now() % 2 ** 31));
/** So many histories have one seed: few enough to reach one of them again quickly. */
const TIMES = 50;
/** The first differences are enough to begin with. */
const MOST_DIFFERENCES = 5;

const tally = new Tally(SECONDS);
const differences: string[] = [];
let seed = FIRST_SEED;
process.stderr.write(`${SECONDS} s, beginning with LIMBO_SEED=${FIRST_SEED}\n`);
for (; tally.leftMs > 0 && differences.length < MOST_DIFFERENCES; seed += 1) {
  const look = LOOKS[(seed - FIRST_SEED) % LOOKS.length];
  const difference = look?.play(seed, TIMES, tally) ?? null;
  if (difference === null) continue;
  const again = `LIMBO_SEED=${seed - ((seed - FIRST_SEED) % LOOKS.length)}`;
  const described = `# ${look?.name}: seed ${seed}, which comes again with ${again}\n${difference}`;
  differences.push(described);
  tally.clear();
  process.stdout.write(`${described}\n`);
}
tally.clear();
process.stdout.write(`${tally.summary()}\nseeds ${FIRST_SEED} to ${seed - 1}, ${TIMES} histories each\n`);
process.stdout.write(differences.length === 0 ? 'nothing differs\n' : `${differences.length} differ\n`);
process.exitCode = differences.length === 0 ? 0 : 1;

function numberOf(name: string, usual: number): number {
  const { [name]: text = '' } = process.env;
  if (text === '') return usual;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${name} is "${text}", and must be a number, from 0`);
}
