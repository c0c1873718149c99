import { expect, test } from 'vitest';
import { serverOf } from '../../support/server/served.ts';
import { log } from '../../support/stores/builders.ts';

test('lists within lists within lists are refused before they take long', async () => {
  const served = await serverOf(
    ...Array.from({ length: 30 }, (_, index) => log('animals', { [`${index}.txt`]: '1B' })),
  );
  const nested = (depth: number): string =>
    depth === 0 ? 'name' : `artifacts { edges { node { artifactSequence { ${nested(depth - 1)} } } } }`;
  const document = (depth: number) => `{ project(name: "demo", entityName: "team") {
    artifactCollection(name: "animals") { ${nested(depth)} }
  } }`;
  expect((await served.answer(document(2))).status).toBe(200);
  const { status, body } = await served.answer(document(6));
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain('The answer has more than 250000 fields; ask for smaller pages.');
  expect(JSON.stringify(body).length).toBeLessThan(10_000);
});
