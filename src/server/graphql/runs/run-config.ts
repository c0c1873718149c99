import { type Json, jsonObjectOf, jsonValue, parsedJson } from '../../../values/json.ts';

// On the wire each value is inside `{"value": …}`, beside what the client keeps for itself under a key of its own.
const CLIENTS = '_wandb';

/** The configuration of a run, as it is sent: what the user set, and what the client keeps for itself. */
export interface SentConfig {
  readonly config: Json;
  readonly clients: unknown;
}

/** Reads a configuration from the wire. Null for a text that is no JSON object, or too deep. */
export function configFromWire(text: string): SentConfig | null {
  const sent = objectIn(text);
  if (sent === null) return null;
  const values = [...sent].map(([key, value]) => [key, innerValue(value)] as const);
  const config = jsonObjectOf(new Map(values.filter(([key]) => key !== CLIENTS)));
  return config === null ? null : { config, clients: innerValue(sent.get(CLIENTS)) ?? null };
}

/** Writes a configuration for the wire. */
export function configToWire(config: Json, clients: unknown): string {
  const values = new Map(Object.entries(Object(jsonValue(config))));
  if (clients !== null) values.set(CLIENTS, clients);
  return jsonObjectOf(new Map([...values].map(([key, value]) => [key, { value }]))) ?? '{}';
}

/** The entries of a JSON object; null for any other text. */
export function objectIn(text: string): ReadonlyMap<string, unknown> | null {
  const value = parsedJson(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? new Map(Object.entries(value)) : null;
}

function innerValue(sent: unknown): unknown {
  const isWrapped = typeof sent === 'object' && sent !== null && Object.hasOwn(sent, 'value');
  return isWrapped ? Reflect.get(sent, 'value') : sent;
}
