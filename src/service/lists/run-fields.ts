import { heartbeatAt, type Run } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import { parseUnixTime } from '../../values/dates.ts';
import { type Json, jsonValue } from '../../values/json.ts';
import { mustParse, Unexpected } from '../../values/result.ts';
import type { FilterField } from './filter.ts';

type Times = Pick<Store, 'now' | 'begins'>;
type Read = (run: Run, store: Times) => unknown;

const id: Read = ({ name }) => name.run;
const displayName: Read = (run) => run.displayName;
const jobType: Read = (run) => run.jobType;
const owner: Read = (run) => run.owner;

// Python spells some of them in two ways. A config value can be asked for as the service keeps it, in `value`.
const VALUES: ReadonlyMap<string, Read> = new Map([
  ['name', id],
  ['id', id],
  ['displayName', displayName],
  ['display_name', displayName],
  ['state', ({ state }) => state.kind],
  ['group', ({ group }) => group],
  ['jobType', jobType],
  ['job_type', jobType],
  ['notes', ({ notes }) => notes],
  ['tags', ({ tags }) => tags],
  ['username', owner],
  ['user', owner],
  ['entity', ({ name }) => name.entity],
  ['project', ({ name }) => name.project],
  ['duration', (run, { now }) => heartbeatAt(run, now) - run.startedAt],
  // No run belongs to a sweep, and none says on which host it ran.
  ['sweep', () => undefined],
  ['host', () => undefined],
]);

const startedAt = (run: Run) => run.startedAt;
const heartbeat = (run: Run, { now }: Times) => heartbeatAt(run, now);

const DATES: ReadonlyMap<string, (run: Run, store: Times) => number> = new Map([
  ['createdAt', startedAt],
  ['created_at', startedAt],
  ['updatedAt', heartbeat],
  ['updated_at', heartbeat],
  ['heartbeatAt', heartbeat],
  ['heartbeat_at', heartbeat],
]);

const PARTS: ReadonlyMap<string, (run: Run) => Json> = new Map([
  ['config', ({ config }) => config],
  ['summary_metrics', ({ summary }) => summary],
  ['summaryMetrics', ({ summary }) => summary],
]);

const RUN_FIELDS = `${[...VALUES.keys(), ...DATES.keys()].join(', ')}, config.KEY or summary_metrics.KEY`;

/** The field of this name at the time of a store. Throws `Unexpected` for another name. */
export function runField(name: string, store: Times): FilterField<Run> {
  const value = VALUES.get(name);
  if (value !== undefined) return { read: (run) => value(run, store), operand: (given) => given };
  const date = DATES.get(name);
  if (date !== undefined) {
    return { read: (run) => date(run, store), operand: (given) => instantIn(given, store) };
  }
  const [part = '', ...keys] = name.split('.');
  const json = PARTS.get(part);
  if (json === undefined) throw new Unexpected(`one of the fields ${RUN_FIELDS} instead of "${name}"`);
  const asKept = part === 'config' && keys[1] === 'value' ? keys.toSpliced(1, 1) : keys;
  return {
    read: (run) => {
      const whole = jsonValue(json(run));
      return valueAt(whole, keys) ?? (asKept === keys ? undefined : valueAt(whole, asKept));
    },
    operand: (given) => given,
  };
}

// A key can contain dots: then it is one key, and what is nested comes second.
function valueAt(value: unknown, keys: readonly string[]): unknown {
  const [first, ...rest] = keys;
  if (first === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const values = new Map<string, unknown>(Object.entries(value));
  const whole = values.get(keys.join('.'));
  return whole === undefined ? valueAt(values.get(first), rest) : whole;
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(?:Z|([+-])(\d\d):?(\d\d))?)?$/;

// ISO 8601 as Python's `isoformat` writes it, in UTC if it has no offset. The result can be a fraction of a second.
function instantIn(given: unknown, { begins }: Times): unknown {
  if (given === null) return null;
  const found = typeof given === 'string' ? DATE.exec(given) : null;
  if (found === null)
    throw new Unexpected(`a date such as "2026-01-31T08:00:00Z" instead of ${JSON.stringify(given)}`);
  const [
    ,
    day = '',
    minute = '00:00',
    second = ':00',
    fraction = '',
    sign = '+',
    hours = '0',
    minutes = '0',
  ] = found;
  const time = mustParse(parseUnixTime(`${day}T${minute}${second}Z`));
  const offset = (Number(hours) * 60 + Number(minutes)) * 60;
  return time + Number(`0${fraction}`) - (sign === '-' ? -offset : offset) - (begins ?? 0);
}
