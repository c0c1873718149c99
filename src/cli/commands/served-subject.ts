import { z } from 'zod';
import type { MarkKind, Timeline } from '../../insight/timeline.ts';
import type { Subject } from '../../service/questions.ts';
import { readSnapshot } from '../../simulator/snapshot/read.ts';
import { VERSION_STATES } from '../../store/version.ts';
import type { UnixTime } from '../../values/dates.ts';
import { printable, type VersionId } from '../../values/names.ts';
import { assert } from '../../values/result.ts';
import type { Instant } from '../../values/units.ts';
import { codeOf } from '../files/lock-file.ts';
import { InputError, quoted } from '../input-error.ts';

/** What a question needs to know: a store, or also what happened before. */
export type Needs = 'store' | 'past';

/**
 * The store of a running server, copied, so that a question about it is answered as for a file. Throws `InputError` if the
 * address is not one, nothing answers there, or something other than limbo.
 */
export async function servedSubject(address: string, needs: Needs): Promise<Subject> {
  const server = serverAt(address);
  const timeline = needs === 'past' ? await timelineOf(server) : null;
  const bytes = new Uint8Array(await (await answerOf(server, 'snapshot')).arrayBuffer());
  const read = readSnapshot(() => [bytes]);
  if (!read.ok) throw wrong(server, `${read.message}; expected a limbo server`);
  return {
    store: read.store,
    title: server.address,
    timeline: () => {
      assert(timeline !== null, 'only questions about the past ask for the timeline');
      return timeline;
    },
  };
}

interface Server {
  readonly url: URL;
  readonly address: string;
}

function serverAt(address: string): Server {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isServer = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isServer) return { url, address: url.origin };
  throw InputError.of(
    `--server ${quoted(address)}: expected the address of a server, such as http://127.0.0.1:8080`,
  );
}

async function answerOf(server: Server, question: string): Promise<Response> {
  const answer = await fetch(new URL(`/limbo/v1/${question}`, server.url), { redirect: 'manual' }).catch(
    (problem: unknown) => {
      const cause = problem instanceof Error ? problem.cause : problem;
      const code = codeOf(cause);
      throw wrong(server, `no server answers${code === '' ? '' : ` (${code})`}; limbo serve starts one`);
    },
  );
  if (answer.ok) return answer;
  throw wrong(server, `this is not a limbo server: it answers with HTTP status ${answer.status}`);
}

function wrong({ address }: Server, message: string): InputError {
  return InputError.of(`--server ${quoted(address)}: ${printable(message, 1_000)}`);
}

const MARKS = [
  'abandoned',
  'expired',
  'restored',
  'recovered',
  'linked',
  'unlinked',
] as const satisfies readonly MarkKind[];
const moment = z.object({ at: z.number().transform((at) => at as Instant), order: z.number() });
const span = z.object({ state: z.enum(VERSION_STATES), from: moment, to: moment.nullable() });
const timelineData = z.object({
  end: moment,
  begins: z
    .number()
    .transform((begins) => begins as UnixTime)
    .nullable(),
  versions: z.array(
    z.object({
      versionId: z.string().transform((id) => id as VersionId),
      version: z.string(),
      fullName: z.string(),
      spans: z.tuple([span], span),
      marks: z.array(moment.extend({ kind: z.enum(MARKS) })),
    }),
  ),
});

async function timelineOf(server: Server): Promise<Timeline> {
  const document: unknown = await (await answerOf(server, 'timeline?form=data')).json().catch(() => null);
  const read = timelineData.safeParse(document);
  if (read.success) return read.data;
  throw wrong(server, 'this is not a limbo server of this version: its timeline is another document');
}
