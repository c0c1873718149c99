import { isIPv6 } from 'node:net';

/** Whether an address is that of this machine, which nobody else can connect to. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.has(address) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);
}

/** An address as it is written in a URL. */
export function inUrl(address: string): string {
  return isIPv6(address) ? `[${address}]` : address;
}

/**
 * Whether a Host header names this machine or the address that the server is bound to. A page of another site can make a
 * browser send requests here, under its own name (DNS rebinding). The port may be that of a proxy.
 */
export function namesThisServer(header: string, address: string): boolean {
  const [, bracketed, plain] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/.exec(header) ?? [];
  const named = (bracketed ?? plain)?.toLowerCase();
  return named !== undefined && (isLoopback(named) || named === address.toLowerCase());
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '::1']);
