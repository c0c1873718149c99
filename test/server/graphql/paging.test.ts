import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { type Served, serverOf } from '../../support/server/served.ts';
import { log, removeWithAliases, use } from '../../support/stores/builders.ts';

interface Page<Node> {
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
}

interface Listed {
  readonly versionIndex: number;
}

const CONNECTION = 'totalCount pageInfo { endCursor hasNextPage } edges { cursor node { versionIndex } }';

/** Lists that deletions of versions shorten, each as the pages of one document. */
const LISTS = {
  'versions, newest first': list(`artifactCollection(name: "animals") {
    page: artifacts(first: $first, after: $after) { ${CONNECTION} }
  }`),
  'versions, oldest first': list(`artifactCollection(name: "animals") {
    page: artifacts(first: $first, after: $after, order: "+version_index", filters: "{\\"state\\": \\"COMMITTED\\"}") { ${CONNECTION} }
  }`),
  'outputs of a run': list(
    `run(name: "train") { page: outputArtifacts(first: $first, after: $after) { ${CONNECTION} } }`,
  ),
  'inputs of a run': list(
    `run(name: "train") { page: inputArtifacts(first: $first, after: $after) { ${CONNECTION} } }`,
  ),
};

function list(field: string): string {
  return `query ($first: Int!, $after: String) { project(name: "demo", entityName: "team") { list: ${field} } }`;
}

async function pageOf(
  served: Served,
  document: string,
  first: number,
  after: string | null,
): Promise<Page<Listed>> {
  const data = await served.query<{ project: { list: { page: Page<Listed> } } }>(document, { first, after });
  return data.project.list.page;
}

async function withVersions(count: number): Promise<Served> {
  const served = await serverOf();
  for (let index = 0; index < count; index += 1) {
    await served.play(
      log('animals', { [`${index}.txt`]: '1KB' }, { run: 'train' }),
      use(`animals:v${index}`, 'train'),
    );
  }
  return served;
}

describe('a list that is read page by page', () => {
  test.each(Object.entries(LISTS))(
    'of %s shows each version that was not deleted exactly once, whatever is deleted between pages',
    async (_, document) => {
      const plan = fc.record({
        count: fc.integer({ min: 1, max: 12 }),
        first: fc.integer({ min: 1, max: 5 }),
        // For each page, which of the versions to delete after it, counted from what is left.
        deletions: fc.array(fc.array(fc.nat(11), { maxLength: 4 }), { maxLength: 8 }),
      });
      await fc.assert(
        fc.asyncProperty(plan, async ({ count, first, deletions }) => {
          const served = await withVersions(count);
          const left = new Set(Array.from({ length: count }, (_nothing, index) => index));
          const seen: number[] = [];
          let after: string | null = null;
          for (let at = 0; ; at += 1) {
            const page: Page<Listed> = await pageOf(served, document, first, after);
            expect(page.totalCount).toBe(left.size);
            seen.push(...page.edges.map(({ node }) => node.versionIndex));
            if (!page.pageInfo.hasNextPage) break;
            expect(page.edges).toHaveLength(first);
            expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
            after = page.pageInfo.endCursor;
            for (const choice of deletions[at] ?? []) {
              const index = [...left][choice % Math.max(1, left.size)];
              if (index === undefined) continue;
              await served.play(removeWithAliases(`animals:v${index}`));
              left.delete(index);
            }
          }
          expect(new Set(seen).size, 'nothing twice').toBe(seen.length);
          for (const index of left) expect(seen, 'nothing skipped').toContain(index);
        }),
        runs(40),
      );
    },
    PATIENCE_MS,
  );

  test('in pages of any size is the list as a whole', async () => {
    const served = await withVersions(7);
    for (const document of Object.values(LISTS)) {
      const whole = await pageOf(served, document, 100, null);
      for (const first of [1, 2, 3, 7]) {
        const edges: unknown[] = [];
        let after: string | null = null;
        do {
          const page: Page<Listed> = await pageOf(served, document, first, after);
          edges.push(...page.edges);
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect(edges).toEqual(whole.edges);
      }
    }
  });

  test('has a total without a page', async () => {
    const served = await withVersions(3);
    expect(await pageOf(served, LISTS['versions, newest first'], 0, null)).toEqual({
      totalCount: 3,
      pageInfo: { endCursor: null, hasNextPage: false },
      edges: [],
    });
  });

  test('refuses what is no cursor, and a negative size', async () => {
    const served = await withVersions(3);
    const document = LISTS['versions, newest first'];
    for (const after of ['nonsense', '%00', 'e30', 'W251bGxd', '🦊', 'x'.repeat(10_000)]) {
      await expect(pageOf(served, document, 2, after), after).rejects.toThrow(
        '400: "after" must be a cursor of an earlier page',
      );
    }
    await expect(pageOf(served, document, -1, null)).rejects.toThrow('400: "first" must not be negative');
  });

  test('refuses the cursor of another list, or takes it as a place', async () => {
    const served = await withVersions(3);
    const [versions, outputs] = [LISTS['versions, newest first'], LISTS['outputs of a run']];
    const ofOutputs = await pageOf(served, outputs, 1, null);
    await expect(pageOf(served, versions, 2, ofOutputs.pageInfo.endCursor)).rejects.toThrow('400: "after"');
    const ofVersions = await pageOf(served, versions, 1, null);
    expect(await pageOf(served, outputs, 2, ofVersions.pageInfo.endCursor)).toMatchObject({ totalCount: 3 });
  });
});

describe('a filter or an order', () => {
  const document = `query ($filters: JSONString, $order: String) { project(name: "demo", entityName: "team") {
    artifactCollection(name: "animals") { artifacts(filters: $filters, order: $order) { totalCount } }
    artifactCollections(filters: $filters, order: $order) { totalCount }
  } }`;

  test.each([
    [{ filters: 'nonsense' }, '400: "filters": expected a filter in JSON'],
    [{ filters: '[1]' }, '400: "filters": expected a filter that is an object'],
    [{ filters: 'null' }, '400: "filters": expected a filter that is an object'],
    [{ filters: '{"__proto__": "x"}' }, 'expected one of the fields state instead of "__proto__"'],
    [{ filters: '{"toString": "x"}' }, 'expected one of the fields state instead of "toString"'],
    [{ order: 'size' }, '400: "order" must be one of'],
  ])('that a list does not know is refused: %j', async (variables, message) => {
    const served = await withVersions(1);
    await expect(served.query(document, variables)).rejects.toThrow(message);
  });
});
