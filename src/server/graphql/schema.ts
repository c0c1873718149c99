import { MUTATION_TYPES } from './schema/mutations.ts';
import { TYPES } from './schema/types.ts';

/**
 * The schema: every field, argument and input field that the supported SDK versions use. Types and nullability are known
 * from clients; the service publishes none.
 */
export const SDL = `${TYPES}\n${MUTATION_TYPES}`;
