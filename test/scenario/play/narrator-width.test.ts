import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Paint } from '../../../src/narration/layout/paint.ts';
import { Narrator } from '../../../src/scenario/play/narrator.ts';
import { play } from '../../../src/scenario/play/play.ts';
import { EVENTFUL } from '../../narration/events/every-event.ts';
import { ODD_TEXTS, userText } from '../../support/arbitraries/texts.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { describeText, storyIn, storyWith } from '../../support/stores/story.ts';

/** A story in which everything that users name has this name, and in which everything is told of it. */
function storyOf(name: string): string {
  const text = JSON.stringify(name);
  const inCollection = JSON.stringify(`a:${name}`);
  return `title: ${JSON.stringify(`On ${name}`)}
about: ${text}
given:
  - log: a
    files: { first: 1MB }
steps:
  - log: a
    type: ${text}
    refused: type-mismatch
  - log: ${JSON.stringify(name.replaceAll(/[:/]/g, '-'))}
    type: ${text}
    files: { ${text}: 1MB of content-2 }
  - log: a
    files: { ${text}: 123.456KB of content-1, ${JSON.stringify(`${name}2`)}: ${JSON.stringify(`1.25MB of content-3 ${name}`)} }
    aliases: [${text}]
    tags: [${text}]
    id: ${JSON.stringify(`id ${name.replaceAll(/[:/]/g, '-')}`)}
  - delete: ${inCollection}
  - delete: ${inCollection}
    deleteAliases: true
  - delete all: a
    where: { with: ${text}, keep last: 3 }
  - alias: ${inCollection}
    add: [best, ${text}]
    remove: [${text}]
  - wait: 8d
  - expect:
      aliases: { a: { ${text}: v7 } }
      not found: [a:v0, ${inCollection}]
      holders: { ${JSON.stringify(`a:v0/${name}`)}: [${inCollection}] }
`;
}

/** The same of people, registries, variables, TTLs and the bucket. */
function lifetimeOf(name: string): string {
  const text = JSON.stringify(name);
  const plain = JSON.stringify(name.replaceAll(/[:/]/g, '-'));
  const people = `{ ? ${text}\n        : member, "${'long '.repeat(9)}": admin }`;
  return storyWith(
    `title: ${JSON.stringify(`On ${name}`)}
team:
  members: ${people}
  membersMaySetTtl: false
registries:
  models: ${people}
server:
  deployment: bring-your-own-bucket
  retention: 0s
  bucket: { versioning: true }
  bucket faults: [{ call: put, fault: answers late, times: 2 }, { call: delete, fault: fails }]
  env: { ? ${text}
        : ${text} }`,
    `log: a\nfiles: { ${text}: 1MB of content, ${JSON.stringify(`${name}2`)}: 2MB of content-2 }\nrun: ${plain}\nas: ${text}`,
    `ttl: a:v0\nis: 30d\nas: ${text}`,
    `ttl: a:v0\nis: ${text}\nrefused: bad-ttl`,
    `team ttl: ${text}\nrefused: bad-ttl\nas: "${'long '.repeat(9)}"`,
    `team ttl: 1d\nas: ${text}`,
    `link: a:v0\nto: models/p\naliases: [${text}]\nas: ${text}`,
    `alias: models/p:v0\nprotect: [${text}]\nas: "${'long '.repeat(9)}"`,
    `alias: models/p:v0\nprotect: [prod]\nas: ${text}`,
    `delete run: ${plain}\nartifacts: true\nas: ${text}`,
    `delete project: ${plain}`,
    `bucket delete: ${JSON.stringify(`a:v0/${name}`)}`,
    'verify',
    'alias: models/p:v0\nremove: [prod]',
    'delete: a:v0\ndeleteAliases: true',
    'collect',
    'collect',
    `bucket undelete: ${JSON.stringify(`a:v0/${name}`)}`,
    'verify',
    'recover: a:v0',
    `server: { env: { ? ${text}\n    : "x y" }, bucket faults: [] }`,
    'wait: 40d',
  ).replace('title: A story\n', '');
}

describe('no line', () => {
  test(
    'is wider than the width, or holds a control character, whatever things are called',
    () => {
      const names = fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constantFrom(...ODD_TEXTS, ...ODD_TEXTS.map((text) => `${text} `.repeat(9))),
        },
        { weight: 1, arbitrary: userText },
      );
      fc.assert(
        fc.property(names, fc.integer({ min: 40, max: 100 }), (name, width) => {
          const stories = [storyOf(name), lifetimeOf(name)];
          const lines = stories.flatMap((text) => describeText(text, width).split('\n'));
          expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
          expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
        }),
        runs(25),
      );
    },
    PATIENCE_MS,
  );

  test.each(Object.entries(EVENTFUL))('is wider than 80 columns in the story of %s', (_what, text) => {
    expect(
      describeText(text)
        .split('\n')
        .filter((line) => stringWidth(line) > 80),
    ).toEqual([]);
  });

  test('ends with white space', () => {
    expect(
      describeText(EVENTFUL.bucket, 60)
        .split('\n')
        .filter((line) => line !== line.trimEnd()),
    ).toEqual([]);
  });

  test('is wider for its colors', () => {
    const mark = (text: string) => `<${text}>`;
    const paint: Paint = { title: mark, step: mark, quiet: mark, good: mark, bad: mark };
    const scenario = storyIn(EVENTFUL.bucket);
    const narrator = new Narrator(paint, 60);
    const described = [narrator.opening(scenario)];
    const playback = play(scenario, undefined, (frame) => described.push(narrator.frame(frame)));
    described.push(narrator.verdict(playback));
    expect(described.join('').replaceAll(/[<>]/g, '')).toBe(describeText(EVENTFUL.bucket, 60));
    expect(described.join('')).toContain('<  3  bucket delete: animals:v0/cat>\n');
  });
});
