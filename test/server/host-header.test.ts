import { describe, expect, test } from 'vitest';
import { inUrl, isLoopback, namesThisServer } from '../../src/server/host-header.ts';

describe('a Host header', () => {
  test.each([
    'localhost',
    'localhost:8080',
    'LOCALHOST:1',
    '127.0.0.1',
    '127.0.0.1:9',
    '127.9.8.7:80',
    '[::1]',
    '[::1]:8080',
  ])('names this machine: %s', (header) => expect(namesThisServer(header, '127.0.0.1')).toBe(true));

  test('names the address that the server is bound to, with the port of a proxy or its own', () => {
    expect(namesThisServer('10.0.0.5:8080', '10.0.0.5')).toBe(true);
    expect(namesThisServer('[FE80::1]:8080', 'fe80::1')).toBe(true);
    expect(namesThisServer('10.0.0.6:8080', '10.0.0.5')).toBe(false);
  });

  test.each([
    '',
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost:8080:1',
    'localhost@evil.example',
    'evil.example/localhost',
    '[::1',
    '[::1].evil.example',
    '::1',
    '127.0.0.1:',
    '127.0.0.1:123456',
  ])('names another machine, or none: %j', (header) => {
    expect(namesThisServer(header, '127.0.0.1')).toBe(false);
  });
});

test('an address of this machine alone is told from others', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].filter((address) => !isLoopback(address))).toEqual(
    [],
  );
  expect(['0.0.0.0', '::', '10.0.0.5', 'example.org', '128.0.0.1'].filter(isLoopback)).toEqual([]);
});

test('an address of version 6 is in brackets in a URL', () => {
  expect([inUrl('::1'), inUrl('127.0.0.1'), inUrl('localhost')]).toEqual(['[::1]', '127.0.0.1', 'localhost']);
});
