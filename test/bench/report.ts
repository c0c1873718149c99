import type { Column } from '../../src/narration/block.ts';
import { textTable } from '../../src/narration/layout/table.ts';
import type { Figure } from './contest.ts';
import type { RowFigure } from './floor.ts';
import { OPERATIONS } from './operations.ts';
import type { Result } from './tasks.ts';
import { SHAPES, type Shape } from './workload.ts';

type Of<Kind extends Result['kind']> = Extract<Result, { readonly kind: Kind }>;

/** All that was measured, as tables. */
export function reportOf(results: readonly Result[]): string {
  const operations = of(results, 'operations');
  return [
    ...SHAPES.map((shape) =>
      operationsTable(
        shape,
        operations.filter(({ extent }) => extent.shape === shape),
      ),
    ),
    floorTable(of(results, 'floor')),
    oracleTable(of(results, 'oracle')),
    memoryTable(of(results, 'memory')),
    snapshotTable(of(results, 'snapshot')),
    requestTable(of(results, 'server')),
    serverMemoryTable(of(results, 'server')),
    firstAnswerTable(of(results, 'first-answer')),
    ...of(results, 'rates').map(ratesTable),
    ...of(results, 'start-up').map(startUpTable),
    ...of(results, 'reach').map(reachTable),
  ]
    .filter((table) => table !== '')
    .join('\n\n');
}

function of<Kind extends Result['kind']>(results: readonly Result[], kind: Kind): readonly Of<Kind>[] {
  return results.filter((result): result is Of<Kind> => result.kind === kind);
}

const TITLES: Readonly<Record<Shape, string>> = {
  spread: 'over 1,000 artifact collections',
  single: 'in one artifact collection',
};

// From a store of so many versions on, nothing is to become much dearer.
const STANDARD = 10_000;

function operationsTable(shape: Shape, results: readonly Of<'operations'>[]): string {
  if (results.length === 0) return '';
  const standard = results.findIndex(({ extent }) => extent.versions === STANDARD);
  const columns = [
    left(`microseconds, ${TITLES[shape]}`),
    left(''),
    ...results.map(({ extent }) => right(extent.versions.toLocaleString('en-US'))),
    right('growth'),
    ...(standard < 0 ? [] : [right('from 10,000')]),
  ];
  const rows = OPERATIONS.flatMap((operation) => {
    const figures = results.map((result) => result.figures.find((figure) => figure.operation === operation));
    return [
      row('baseline', figures, standard, ({ baselineMicros }) => [baselineMicros, null]),
      row('limbo', figures, standard, ({ limboMicros, ratio }) => [limboMicros, ratio]),
    ].flatMap((cells) => (cells === null ? [] : [[operation, ...cells]]));
  });
  return textTable(columns, rows);
}

function row(
  way: string,
  figures: readonly (Figure | undefined)[],
  standard: number,
  pick: (figure: Figure) => readonly [number | null, number | null],
): readonly string[] | null {
  const picked = figures.map((figure) => (figure === undefined ? ([null, null] as const) : pick(figure)));
  const micros = picked.map(([figure]) => figure);
  if (micros.every((figure) => figure === null)) return null;
  const cells = picked.map(([figure, ratio]) => {
    if (figure === null) return '';
    return ratio === null ? number(figure) : `${number(figure)} (${number(ratio)}×)`;
  });
  return [way, ...cells, growth(micros), ...(standard < 0 ? [] : [growth(micros.slice(standard))])];
}

function floorTable(results: readonly Of<'floor'>[]): string {
  if (results.length === 0) return '';
  const cells = (pick: (result: Of<'floor'>) => RowFigure) =>
    results.map(pick).map(({ micros, ratio }) => `${number(micros)} (${number(ratio)}×)`);
  return textTable(
    [
      left('microseconds, one row of a bare persistent map'),
      ...results.map(({ rows }) => right(rows.toLocaleString('en-US'))),
    ],
    [
      ['read', ...cells(({ read }) => read)],
      ['write', ...cells(({ write }) => write)],
      ['write, in batches', ...cells(({ writeInBatch }) => writeInBatch)],
    ],
  );
}

function oracleTable(results: readonly Of<'oracle'>[]): string {
  if (results.length === 0) return '';
  const micros = results.map(({ microsPerVersion }) => microsPerVersion);
  return textTable(
    [
      left('microseconds, collect by mark-and-sweep'),
      ...results.map(({ versions }) => right(versions.toLocaleString('en-US'))),
      right('growth'),
    ],
    [['for each of 1,000 versions', ...micros.map(number), growth(micros)]],
  );
}

function memoryTable(results: readonly Of<'memory'>[]): string {
  if (results.length === 0) return '';
  return textTable(
    ['versions', 'objects', 'heap', 'peak', 'load', 'manifests', 'a version', 'an object'].map(right),
    results.map((result) => [
      result.versions.toLocaleString('en-US'),
      result.objects.toLocaleString('en-US'),
      gigabytes(result.heapBytes),
      gigabytes(result.peakBytes),
      `${number(result.loadSeconds)} s`,
      `${number(result.manifestSeconds)} s`,
      `${Math.round(result.bytesPerVersion)} B`,
      `${Math.round(result.bytesPerObject)} B`,
    ]),
  );
}

function snapshotTable(results: readonly Of<'snapshot'>[]): string {
  if (results.length === 0) return '';
  return textTable(
    ['snapshot of', 'size', 'taken in', 'peak more', 'read in', 'peak more', 'heap'].map(right),
    results.map((result) => [
      result.versions.toLocaleString('en-US'),
      `${number(result.bytes / 1e6)} MB`,
      `${number(result.takeSeconds)} s`,
      gigabytes(result.takePeakBytes),
      `${number(result.readSeconds)} s`,
      gigabytes(result.readPeakBytes),
      gigabytes(result.heapBytes),
    ]),
  );
}

function requestTable(results: readonly Of<'server'>[]): string {
  const [first] = results;
  if (first === undefined) return '';
  return textTable(
    [
      left('a second, from a server (times a bare one)'),
      ...results.map(({ versions }) => right(versions.toLocaleString('en-US'))),
      right('growth'),
    ],
    first.figures.map(({ request }) => {
      const figures = results.flatMap((result) =>
        result.figures.filter((figure) => figure.request === request),
      );
      const cells = figures.map(({ micros, ratio }) => `${whole(1e6 / micros)} (${number(ratio)}×)`);
      return [request, ...cells, growth(figures.map(({ micros }) => micros))];
    }),
  );
}

function serverMemoryTable(results: readonly Of<'server'>[]): string {
  if (results.length === 0) return '';
  return textTable(
    ['served versions', 'heap of the store', 'served', 'ratio'].map(right),
    results.map(({ versions, storeBytes, servedBytes }) => [
      versions.toLocaleString('en-US'),
      gigabytes(storeBytes),
      gigabytes(servedBytes),
      `${number(servedBytes / storeBytes)}×`,
    ]),
  );
}

function firstAnswerTable(results: readonly Of<'first-answer'>[]): string {
  if (results.length === 0) return '';
  return textTable(
    ['started from a snapshot of', 'read alone', 'limbo usage', 'limbo serve, first answer'].map(right),
    results.map(({ versions, readSeconds, usageSeconds, serveSeconds, ratio }) => [
      versions.toLocaleString('en-US'),
      `${number(readSeconds)} s`,
      `${number(usageSeconds)} s`,
      `${number(serveSeconds)} s (${number(ratio)}×)`,
    ]),
  );
}

function ratesTable({ events, states, histories }: Of<'rates'>): string {
  return textTable(
    [left('a second'), right('')],
    [
      ['events, one by one', whole(events)],
      ['states in the explorer', whole(states)],
      ['random histories', whole(histories)],
    ],
  );
}

function startUpTable({ nodeMs, installedMs, checkoutMs, installedRatio }: Of<'start-up'>): string {
  return textTable(
    [left('start'), right('milliseconds')],
    [
      ['node -e 0', whole(nodeMs)],
      ['limbo run, installed', `${whole(installedMs)} (${number(installedRatio)}×)`],
      ['limbo run, from a checkout', whole(checkoutMs)],
    ],
  );
}

function reachTable({ versions, objects, loadSeconds, heapBytes, peakBytes }: Of<'reach'>): string {
  return textTable(
    [left('reach'), right('')],
    [
      ['versions', whole(versions)],
      ['objects', whole(objects)],
      ['load', `${whole(loadSeconds)} s`],
      ['heap', gigabytes(heapBytes)],
      ['peak', gigabytes(peakBytes)],
    ],
  );
}

// From the first to the last that was measured.
function growth(figures: readonly (number | null)[]): string {
  const [first, last] = [figures[0], figures.at(-1)];
  if (figures.length < 2 || typeof first !== 'number' || typeof last !== 'number') return '';
  return `${number(last / first)}×`;
}

function left(heading: string): Column {
  return { heading };
}

function right(heading: string): Column {
  return { heading, figures: true };
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function gigabytes(count: number): string {
  return `${number(count / 1e9)} GB`;
}
