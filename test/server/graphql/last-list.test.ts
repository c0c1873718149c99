import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../../src/server/graphql/connection.ts';
import { Context } from '../../../src/server/graphql/context.ts';
import { LastList } from '../../../src/server/graphql/last-list.ts';
import { ORIGIN, serverOf } from '../../support/server/served.ts';
import { log } from '../../support/stores/builders.ts';

async function askedTwice(change: boolean, otherList: boolean): Promise<number> {
  const served = await serverOf();
  const lists = new LastList<string>();
  const context = new Context(served.host, served.user(), ORIGIN);
  let made = 0;
  const make = () => {
    made += 1;
    return rowsOf<string>([], (text) => [text]);
  };
  lists.rows(context, 'runs', make);
  if (change) await served.play(log('animals', { 'a.txt': '1KB' }));
  lists.rows(context, otherList ? 'outputs' : 'runs', make);
  return made;
}

describe('the list that was sorted last', () => {
  test('is not sorted again for the next page', async () => {
    expect(await askedTwice(false, false)).toBe(1);
  });

  test('is sorted again after a change of the store', async () => {
    expect(await askedTwice(true, false)).toBe(2);
  });

  test('is no other list', async () => {
    expect(await askedTwice(false, true)).toBe(2);
  });
});
