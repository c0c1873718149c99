import type { Call } from '../../insight/rehearsal/script.ts';
import type { Turn } from '../../service/turns.ts';
import type { VersionId } from '../../values/names.ts';

interface VersionPage {
  readonly edges: readonly { readonly node: { readonly versionId: VersionId } }[];
}

/** Records the calls of a script, for the report on it. */
export class Recorder {
  readonly calls: Call[] = [];

  /** Records a page of the versions in a list, and returns it. */
  page<Page extends VersionPage>(list: string, after: string | null | undefined, page: Page): Page {
    const versions = page.edges.map(({ node: { versionId } }) => versionId);
    this.calls.push({ kind: 'page', list, isFirst: !after, versions });
    return page;
  }

  /** Records that a name was looked up. */
  lookup(name: string, isFound: boolean): void {
    this.calls.push({ kind: 'lookup', name, isFound });
  }

  /** The same turn, in which every change that is asked for is recorded. */
  recording(turn: Turn): Turn {
    const { calls } = this;
    return {
      get store() {
        return turn.store;
      },
      apply(action) {
        const answer = turn.apply(action);
        calls.push(
          answer.ok
            ? { kind: 'change', action, refusal: null, advice: [], events: answer.value }
            : { kind: 'change', action, refusal: answer.refusal, advice: answer.advice ?? [], events: [] },
        );
        return answer;
      },
    };
  }
}
