import type { FastifyRequest } from 'fastify';
import type { Host } from './host.ts';
import type { User } from './users.ts';

/** The user whose API key a request carries, as a password (Basic) or a token (Bearer); undefined without a key. */
export function userOf(host: Host, { headers }: FastifyRequest): User | undefined {
  const [, scheme, credentials = ''] = /^(Basic|Bearer) +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (scheme === undefined) return undefined;
  const key = scheme.toLowerCase() === 'bearer' ? credentials : passwordIn(credentials);
  return key === '' ? undefined : host.users.withKey(key);
}

function passwordIn(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? '' : text.slice(colon + 1);
}
