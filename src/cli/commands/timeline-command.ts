import type { StoreEvent } from '../../decider/event.ts';
import { pastOf } from '../../insight/recorded-events.ts';
import { timelineOf } from '../../insight/timeline.ts';
import { reportTimeline } from '../../narration/answers/report-timeline.ts';
import { timelineChart } from '../../narration/answers/timeline-chart.ts';
import { timelineMermaid } from '../../narration/answers/timeline-mermaid.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { wrap } from '../../narration/layout/wrap.ts';
import type { Store } from '../../store/store.ts';
import { printable } from '../../values/names.ts';
import { EXIT, type ExitStatus } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';

/** How `limbo timeline` answers. */
export interface TimelineOptions {
  readonly json?: boolean;
  readonly from?: string;
  readonly mermaid?: boolean;
  readonly all?: boolean;
}

/** So many versions are shown where not all are asked for; more would be no picture. */
const MOST_SHOWN = 100;

/** Shows what happened to each version of a story over simulated time. */
export async function timelineCommand(
  file: string | undefined,
  options: TimelineOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const events: StoreEvent[] = [];
  const { scenario, final } = await playToItsEnd({ file, from: options.from }, terminal, (frame) => {
    for (const event of frame.events) events.push(event);
  });
  const timeline = timelineOf(described(scenario.from, events), final);
  const title = scenario.title.replace(/\s+/g, ' ');
  const most = options.all === true ? Number.POSITIVE_INFINITY : MOST_SHOWN;
  if (options.json === true) terminal.out(jsonText(reportTimeline(timeline)));
  else if (options.mermaid === true) terminal.out(timelineMermaid(timeline, title, most));
  else {
    const { paint, width } = terminal;
    const heading = wrap(printable(title, 500), width).map(paint.title);
    const chart = timelineChart(timeline, { paint, width, most });
    terminal.out(`${[...heading, '', ...chart].join('\n')}\n`);
  }
  return EXIT.ok;
}

function* described(from: Store | null, events: readonly StoreEvent[]): Generator<StoreEvent> {
  if (from !== null) yield* pastOf(from);
  yield* events;
}
