import { plan } from '../../insight/plan.ts';
import { planText } from '../../narration/answers/plan-page.ts';
import { reportPlan } from '../../narration/answers/report-plan.ts';
import { jsonText } from '../../narration/layout/json-text.ts';
import { EXIT, type ExitStatus } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import type { PlanRequest } from './plan-request.ts';
import { playToItsEnd } from './play-to-its-end.ts';

/** How `limbo plan` is asked, beside what is to be deleted. */
export interface PlanOptions {
  readonly deleteAliases?: boolean;
  readonly artifacts?: boolean;
  readonly as?: string;
  readonly from?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

const MOST_SHOWN = 20;

/** Says what deletions would do where a story ends; the exit status is 1 where one of them would be refused. */
export async function planCommand(
  file: string | undefined,
  request: PlanRequest,
  { deleteAliases = false, artifacts = false, as, from, all = false, json = false }: PlanOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const commands = request.commands({ deleteAliases, artifacts, by: as ?? null });
  const { final } = await playToItsEnd({ file, from }, terminal);
  const planned = plan(final, commands, { all });
  if (json) terminal.out(jsonText(reportPlan(final, planned)));
  else {
    const most = all ? Number.POSITIVE_INFINITY : MOST_SHOWN;
    terminal.out(`${planText(final, planned, terminal.width, most)}\n`);
  }
  return planned.refused.length === 0 ? EXIT.ok : EXIT.failed;
}
