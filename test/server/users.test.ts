import { describe, expect, test } from 'vitest';
import { Users } from '../../src/server/users.ts';

describe('the users of a server', () => {
  const users = new Users('team', ['alice', 'bob', 'admin']);

  test('have keys: an admin, and each member once', () => {
    expect([...users.keys.keys()]).toEqual(['admin', 'alice', 'bob']);
    expect(new Set(users.keys.values()).size).toBe(3);
  });

  test('have keys that clients accept: 40 characters after the first dash', () => {
    for (const key of users.keys.values()) expect(key).toMatch(/^limbo-[A-Za-z0-9_-]{40}$/);
  });

  test('act as themselves, and the admin as nobody in particular', () => {
    const acting = [...users.keys.values()].map((key) => users.withKey(key).actingIn('team'));
    expect(acting).toEqual([null, 'alice', 'bob']);
  });

  test('have an entity of their own where their key was not handed out, the same each time', () => {
    const [one, same, other] = ['x', 'x', 'y'].map((letter) => users.withKey(letter.repeat(40)));
    expect(same?.username).toBe(one?.username);
    expect(other?.entity).not.toBe(one?.entity);
    expect(one?.entity).not.toBe('team');
    expect([one?.actingIn(one.entity), one?.actingIn('team')]).toEqual([null, one?.username]);
  });

  test('are not told by their name what their key is', () => {
    const key = 'secret'.repeat(10);
    expect(JSON.stringify(users.withKey(key))).not.toContain('secret');
  });
});
