import { usage } from '../../insight/usage.ts';
import { reportUsage, USAGE_LEVELS, type UsageLevel } from '../../narration/answers/report-usage.ts';
import { usageText } from '../../narration/answers/usage-page.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { EXIT, type ExitStatus } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { playToItsEnd } from './play-to-its-end.ts';

/** How `limbo usage` answers. */
export interface UsageOptions {
  /** The one table to be shown; all three where none is named. */
  readonly by?: UsageLevel;
  readonly from?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

const MOST_SHOWN = 20;

/** Says who uses how much where a story ends, and what of it could be freed. */
export async function usageCommand(
  file: string | undefined,
  { by, from, all = false, json = false }: UsageOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { final } = await playToItsEnd({ file, from }, terminal);
  const used = usage(final);
  const levels = by === undefined ? USAGE_LEVELS : [by];
  if (json) terminal.out(jsonText(reportUsage(final, used, levels)));
  else {
    const most = all ? Number.POSITIVE_INFINITY : MOST_SHOWN;
    const { width, paint } = terminal;
    terminal.out(`${usageText(final, used, { levels, width, most, paint })}\n`);
  }
  return EXIT.ok;
}
